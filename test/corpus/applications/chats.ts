import type { Application } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

const webChatLocales: Readonly<Record<string, string>> = { it: 'it-IT', zh: 'zh-CN', tr: 'tr-TR', he: 'he-IL' };

export const webChat: Application = {
  name: 'web-chat',
  kind: 'chat (Bot Framework Web Chat)',
  packages: ['botframework-webchat'],
  languages: ['it', 'zh', 'tr'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).help,
      scripts: ['/npm/botframework-webchat/dist/webchat.js'],
      body: '<div id="chat" style="height:520px"></div>',
      // A connection without a server: it repeats what it gets, and answers.
      script: `const observers = { activity: [], status: [] };
        const observable = (list, first) => ({ subscribe: (observer) => {
          const next = typeof observer === 'function' ? observer : observer.next.bind(observer);
          list.push(next); if (first !== undefined) next(first);
          return { unsubscribe() { list.splice(list.indexOf(next), 1); } };
        } });
        let count = 0;
        const say = (from, text, more = {}) => observers.activity.forEach((next) => next({ id: 'm' + ++count, type: 'message', from, text,
          timestamp: new Date().toISOString(), ...more }));
        window.WebChat.renderWebChat({ locale: '${webChatLocales[scene.language] ?? 'en-US'}', userID: 'u1', directLine: {
          activity$: observable(observers.activity), connectionStatus$: observable(observers.status, 2), end() {},
          postActivity(activity) {
            return { subscribe(observer) {
              const id = 's' + ++count;
              const next = typeof observer === 'function' ? observer : (value) => observer.next(value);
              setTimeout(() => {
                next(id);
                if (observer.complete) observer.complete();
                if (activity.type !== 'message') return;
                say({ id: 'u1', role: 'user' }, activity.text, { id, channelData: activity.channelData });
                setTimeout(() => say({ id: 'bot', role: 'bot', name: scene.person.other }, labels.message + ': ' + activity.text,
                  { suggestedActions: { actions: [{ type: 'imBack', title: labels.orders, value: labels.orders }] } }), 900);
              }, 200);
              return { unsubscribe() {} };
            } };
          },
        } }, document.getElementById('chat'));
        setTimeout(() => say({ id: 'bot', role: 'bot', name: scene.person.other }, labels.help + '?'), 1000);`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const { person } = scene;
    const box =
      '#chat [data-testid="send box text area"], #chat .webchat__send-box-text-box__input, #chat form textarea, #chat form input';
    await user.click(box);
    await user.type(`${person.name}, ${person.phone}`);
    await user.press('Enter');
    await user.pause(3000);
    await user.click(box);
    await user.type(person.message);
    await user.press('Enter');
    await user.pause(3000);
    await enterCustomer(user, scene);
  },
};

export const deepChat: Application = {
  name: 'deep-chat',
  kind: 'chat in a shadow root (Deep Chat)',
  packages: ['deep-chat'],
  languages: ['en', 'es'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).help,
      modules: ['/npm/deep-chat/dist/deepChat.bundle.js'],
      body: '<deep-chat id="chat" style="width:100%;height:420px"></deep-chat>',
      script: `customElements.whenDefined('deep-chat').then(() => {
        const chat = document.getElementById('chat');
        chat.connect = { url: '/api/chat', method: 'POST' };
        chat.textInput = { placeholder: { text: labels.message } };
        chat.history = [{ role: 'ai', text: scene.person.other + ': ' + labels.help + '?' }];
      });`,
    }),
  }),
  answer: (asked) => {
    if (asked.path !== '/api/chat') return answerOffice(asked);
    return asked.body.includes('@') ? { status: 500, body: { error: 'model' } } : { body: { text: 'K-20417' } };
  },
  async use(user, scene) {
    const { person } = scene;
    await user.click('#text-input');
    await user.type(person.message);
    await user.press('Enter');
    await user.pause(2500);
    await user.click('#text-input');
    await user.type(person.email);
    await user.press('Enter');
    await user.pause(2500);
    await enterCustomer(user, scene);
  },
};
