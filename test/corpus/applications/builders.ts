import type { Application } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

export const blockly: Application = {
  name: 'blockly',
  kind: 'visual programming (Blockly)',
  packages: ['blockly'],
  languages: ['uk', 'hi', 'ar'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).details,
      scripts: ['/npm/blockly/blockly.min.js', `/npm/blockly/msg/${scene.language}.js`],
      body: '<div id="blocks" style="height:480px"></div>',
      script: `const workspace = Blockly.inject('blocks', { media: '/npm/blockly/media/', trashcan: true, rtl: document.dir === 'rtl', toolbox: {
          kind: 'flyoutToolbox', contents: ['controls_if', 'math_number', 'text', 'text_print'].map((type) => ({ kind: 'block', type })) } });
        const block = workspace.newBlock('text');
        block.setFieldValue(scene.person.other, 'TEXT'); block.initSvg(); block.render(); block.moveBy(120, 60);`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const source = await (await user.until('.blocklyFlyout .blocklyDraggable')).boundingBox();
    if (source) await user.drag([source.x + 12, source.y + 12], [500, 350]);
    await user.pause(500);
    await user.page
      .locator('.blocklyBlockCanvas .blocklyEditableField, .blocklyBlockCanvas .blocklyEditableText')
      .first()
      .click();
    await user.pause(300);
    const field = user.page.locator('.blocklyHtmlInput');
    if (await field.isVisible()) {
      await user.press('ControlOrMeta+a');
      await user.type(scene.person.name);
      await user.press('Enter');
    }
    await user.moveTo(500, 400);
    await user.scroll(200);
    await enterCustomer(user, scene);
  },
};

export const grapes: Application = {
  name: 'grapes',
  kind: 'page builder (GrapesJS)',
  packages: ['grapesjs'],
  languages: ['en'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).home,
      styles: ['/npm/grapesjs/dist/css/grapes.min.css'],
      scripts: ['/npm/grapesjs/dist/grapes.min.js'],
      body: `<div id="builder"><h1>${scene.person.other}</h1><p>${labelsOf(scene.language).message}</p></div>`,
      script: `const editor = grapesjs.init({ container: '#builder', fromElement: true, height: '480px', storageManager: false, telemetry: false });
        editor.BlockManager.add('text', { label: labels.message, content: '<p>' + labels.help + '</p>' });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const frame = user.page.frameLocator('.gjs-frame');
    await user.click(frame.locator('h1'));
    await frame.locator('h1').dblclick();
    await user.pause(500);
    await user.press('ControlOrMeta+a');
    await user.type(scene.person.name);
    await user.click('.gjs-pn-btn.fa-th-large');
    await user.click('.gjs-pn-btn.fa-bars');
    await enterCustomer(user, scene);
  },
};

export const bpmn: Application = {
  name: 'bpmn',
  kind: 'diagram editor (bpmn-js)',
  packages: ['bpmn-js'],
  languages: ['en', 'cs'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: [
        '/npm/bpmn-js/dist/assets/diagram-js.css',
        '/npm/bpmn-js/dist/assets/bpmn-js.css',
        '/npm/bpmn-js/dist/assets/bpmn-font/css/bpmn.css',
      ],
      scripts: ['/npm/bpmn-js/dist/bpmn-modeler.production.min.js'],
      body: '<div id="diagram" style="height:480px"></div>',
      script: `const modeler = new BpmnJS({ container: '#diagram' });
        modeler.createDiagram().then(() => console.log('diagram for', scene.person.other));`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.click('.entry[data-action="create.task"], .djs-palette .bpmn-icon-task');
    await user.clickAt(500, 380);
    await user.type(scene.person.name);
    await user.press('Enter');
    await user.clickAt(300, 500);
    const shape = await (await user.until('.djs-shape')).boundingBox();
    if (shape) await user.drag([shape.x + 18, shape.y + 18], [shape.x + 60, shape.y + 80]);
    await user.press('ControlOrMeta+z');
    await enterCustomer(user, scene);
  },
};

export const svgEdit: Application = {
  name: 'svg-edit',
  kind: 'drawing editor (SVG-edit)',
  packages: ['svgedit'],
  root: { name: 'svgedit', folder: 'dist/editor/' },
  languages: ['fr', 'zh'],
  start: '/index.html',
  async use(user, { language, person }) {
    await user.open(`/index.html?lang=${language === 'zh' ? 'zh-CN' : language}`);
    await user.until('#svgcanvas');
    await user.pause(3000);
    await user.drag([500, 300], [700, 450]);
    await user.press('t');
    await user.clickAt(560, 360);
    await user.type(person.name);
    await user.press('Escape');
    await user.drag([600, 350], [650, 420]);
    await user.press('ControlOrMeta+z');
    await user.pause(4000);
  },
};

export const excalidraw: Application = {
  name: 'excalidraw',
  kind: 'whiteboard on a canvas (Excalidraw)',
  packages: ['react', 'react-dom', '@excalidraw/excalidraw'],
  languages: ['en', 'pl'],
  recordCanvas: true,
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).details,
      scripts: [
        '/npm/react/umd/react.production.min.js',
        '/npm/react-dom/umd/react-dom.production.min.js',
        '/npm/@excalidraw/excalidraw/dist/excalidraw.production.min.js',
      ],
      body: '<div id="board" style="height:520px"></div>',
      script: `window.EXCALIDRAW_ASSET_PATH = '/npm/@excalidraw/excalidraw/dist/';
        ReactDOM.createRoot(document.getElementById('board')).render(React.createElement(ExcalidrawLib.Excalidraw,
          { langCode: '${scene.language === 'pl' ? 'pl-PL' : 'en'}', name: scene.person.other }));`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.until('#board canvas');
    await user.pause(2000);
    await user.press('r');
    await user.drag([400, 350], [600, 450]);
    await user.press('t');
    await user.clickAt(500, 500);
    await user.type(scene.person.name);
    await user.press('Escape');
    await enterCustomer(user, scene);
  },
};

export const framework7: Application = {
  name: 'framework7',
  kind: 'mobile app (Framework7)',
  packages: ['framework7'],
  languages: ['pt', 'el', 'he'],
  viewport: { width: 390, height: 780 },
  pages: (scene) => {
    const labels = labelsOf(scene.language);
    const sheet = scene.language === 'he' ? 'framework7-bundle-rtl.min.css' : 'framework7-bundle.min.css';
    const item = (name: string, type: string, label: string): string =>
      `<li class="item-content item-input"><div class="item-inner"><div class="item-title item-label">${label}</div><div class="item-input-wrap"><input name="${name}" type="${type}" placeholder="${label}"></div></div></li>`;
    return {
      '/': `<!doctype html><html lang="${scene.language}" dir="${scene.language === 'he' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>${labels.home}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><link rel="stylesheet" href="/npm/framework7/${sheet}"></head>
<body><div id="app"><div class="views tabs"><div class="toolbar tabbar toolbar-bottom"><div class="toolbar-inner"><a href="#one" class="tab-link tab-link-active">${labels.home}</a><a href="#two" class="tab-link">${labels.customers}</a></div></div>
<div id="one" class="view view-main tab tab-active"><div class="page"><div class="navbar"><div class="navbar-bg"></div><div class="navbar-inner"><div class="title">${labels.home}</div></div></div><div class="page-content">
<div class="list"><ul><li class="accordion-item"><a class="item-link item-content"><div class="item-inner"><div class="item-title">${labels.orders}</div></div></a><div class="accordion-item-content"><div class="block">${scene.person.other}, ${scene.person.street}</div></div></li></ul></div>
<div class="block"><a class="button button-fill sheet-open" data-sheet=".my-sheet">${labels.details}</a><p class="plain">${labels.total}: 42</p></div></div></div></div>
<div id="two" class="view tab"><div class="page"><div class="page-content"><div class="list"><ul>${item('name', 'text', labels.name)}${item('tel', 'tel', labels.phone)}${item('password', 'password', labels.password)}
<li><label class="item-checkbox item-content"><input type="checkbox" name="ok"><i class="icon icon-checkbox"></i><div class="item-inner"><div class="item-title">${labels.details}</div></div></label></li></ul></div>
<div class="block"><a class="button button-fill save">${labels.save}</a></div></div></div></div></div>
<div class="sheet-modal my-sheet"><div class="sheet-modal-inner"><div class="page-content"><div class="block">${scene.person.message} <a class="link sheet-close">${labels.cancel}</a></div></div></div></div></div>
<script src="/npm/framework7/framework7-bundle.min.js"></script>
<script>const app = new Framework7({ el: '#app', theme: 'ios' });
document.querySelector('.save').addEventListener('click', async () => {
  app.preloader.show();
  try {
    await fetch('/api/profile?user=' + encodeURIComponent(document.querySelector('[name=name]').value), { method: 'PUT', body: document.querySelector('[name=tel]').value });
  } catch (error) { console.error('profile', error); app.dialog.alert('${labels.failed}'); }
  app.preloader.hide();
});</script></body></html>`,
    };
  },
  answer: ({ path }) => (path === '/api/profile' ? 'fail' : undefined),
  async use(user, { person }) {
    await user.click('.accordion-item .item-link');
    await user.click('.sheet-open');
    await user.click('.sheet-close');
    await user.clickAgain('.plain', 4);
    await user.pause(5000);
    await user.click('.tab-link:nth-child(2)');
    await user.fill('[name=name]', person.name);
    await user.fill('[name=tel]', person.phone);
    await user.fill('[name=password]', person.password);
    await user.click('.item-checkbox');
    await user.click('.save');
    await user.pause(3000);
    await user.click('.dialog-button');
    await user.scroll(200);
  },
};

export const videoPlayer: Application = {
  name: 'video',
  kind: 'video player (Video.js)',
  packages: ['video.js'],
  languages: ['el', 'pt'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).details,
      styles: ['/npm/video.js/dist/video-js.min.css'],
      scripts: [
        '/npm/video.js/dist/video.min.js',
        `/npm/video.js/dist/lang/${scene.language === 'pt' ? 'pt-BR' : scene.language}.js`,
      ],
      body: '<video id="film" class="video-js" controls width="640" height="300"><source src="/film.webm" type="video/webm"></video>',
      script: `videojs('film', { language: '${scene.language === 'pt' ? 'pt-BR' : scene.language}', playbackRates: [0.5, 1, 2] });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.until('.video-js');
    await user.pause(2000);
    await user.clickAgain(user.page.locator('.video-js'), 4);
    await user.pause(4000);
    await enterCustomer(user, scene);
  },
};
