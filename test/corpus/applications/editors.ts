import type { Application } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

export const tinymce: Application = {
  name: 'tinymce',
  kind: 'rich text editor (TinyMCE)',
  packages: ['tinymce', 'tinymce-i18n'],
  languages: ['de', 'ar', 'ja', 'he'],
  pages: (scene) => {
    const file = { ar: 'ar', ja: 'ja', he: 'he_IL' }[scene.language as string];
    const name = file ?? scene.language;
    return {
      '/': officePage(scene, {
        title: labelsOf(scene.language).message,
        scripts: ['/npm/tinymce/tinymce.min.js'],
        body: `<textarea id="letter"><p>${scene.person.other}</p></textarea><p id="count"></p>`,
        script: `tinymce.init({
          selector: '#letter', license_key: 'gpl', height: 380, language: ${JSON.stringify(name)},
          language_url: '/npm/tinymce-i18n/langs7/${name}.js', plugins: 'lists link table searchreplace wordcount',
          toolbar: 'undo redo | blocks | bold italic | bullist numlist | link table', promotion: false,
          setup: (editor) => editor.on('input', () => {
            document.getElementById('count').textContent = editor.getContent({ format: 'text' }).length;
          }),
        });`,
      }),
    };
  },
  answer: answerOffice,
  async use(user, scene) {
    const { person } = scene;
    await user.until('.tox-edit-area iframe');
    await user.click(user.page.frameLocator('.tox-edit-area iframe').locator('body'));
    await user.type(`${person.message}. ${person.name}, ${person.street}`);
    await user.press('Enter');
    await user.type(person.phone);
    await user.press('ControlOrMeta+a');
    await user.click('.tox-toolbar__group:nth-child(3) .tox-tbtn');
    await user.click('.tox-toolbar__group:nth-child(4) .tox-tbtn');
    await user.click('.tox-mbtn');
    await user.press('Escape');
    await user.scroll(300);
    await enterCustomer(user, scene);
  },
};

export const quill: Application = {
  name: 'quill',
  kind: 'rich text editor (Quill)',
  packages: ['quill'],
  languages: ['en', 'uk'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).message,
      styles: ['/npm/quill/dist/quill.snow.css'],
      scripts: ['/npm/quill/dist/quill.js'],
      body: `<div id="letter" style="height:240px"><p>${scene.person.other}</p></div><p id="preview"></p>`,
      script: `const quill = new Quill('#letter', { theme: 'snow' });
        quill.on('text-change', () => { document.getElementById('preview').textContent = quill.getText(); });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const { person } = scene;
    await user.click('.ql-editor');
    await user.type(`${person.name} – ${person.message}`);
    await user.press('ControlOrMeta+a');
    await user.click('.ql-bold');
    await user.click('.ql-list');
    await user.click('.ql-link');
    await user.press('Escape');
    await enterCustomer(user, scene);
  },
};

export const jsoneditor: Application = {
  name: 'jsoneditor',
  kind: 'JSON editor',
  packages: ['jsoneditor'],
  languages: ['tr', 'pt'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).details,
      styles: ['/npm/jsoneditor/dist/jsoneditor.min.css'],
      scripts: ['/npm/jsoneditor/dist/jsoneditor.min.js'],
      body: '<div id="editor" style="height:400px"></div>',
      script: `const editor = new JSONEditor(document.getElementById('editor'), {
          mode: 'tree', modes: ['code', 'tree', 'view'], language: ${JSON.stringify(scene.language === 'pt' ? 'pt-BR' : scene.language)},
        });
        editor.set({ id: 20417, [labels.name]: scene.person.other, [labels.phone]: scene.person.phone, open: true, items: [1, 2, 3] });
        editor.expandAll();`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.click('.jsoneditor-value.jsoneditor-string');
    await user.press('End');
    await user.type(` / ${scene.person.name}`);
    await user.click('.jsoneditor-collapse-all');
    await user.click('.jsoneditor-expand-all');
    await user.fill('.jsoneditor-search input', scene.person.other.slice(0, 5));
    await user.click('.jsoneditor-undo');
    await enterCustomer(user, scene);
  },
};
