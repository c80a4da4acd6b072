import type { Finding, ReportedCase } from './case';
import { openMobileShop, openShop } from './case';

const none: Finding[] = [];
const timing = {
  name: 'https://shop.example/api/orders',
  entryType: 'resource',
  initiatorType: 'fetch',
  duration: 300,
};
const call = { ...timing, method: 'POST' };

/** Requests that only look failed, and sizes that the user didn't choose, with real ones. */
export const requestAndViewportCases: ReportedCase[] = [
  {
    report: 'PostHog/posthog#22309',
    title: 'a browser reports no status',
    play: (user) => {
      openShop(user);
      user.requests(timing);
      return none;
    },
  },
  {
    report: 'getsentry/sentry#48640',
    title: 'a browser reports status 0 for another origin',
    play: (user) => {
      openShop(user);
      user.requests({ ...timing, name: 'https://cdn.example/data', responseStatus: 0, transferSize: 0 });
      return none;
    },
  },
  {
    report: 'szymdzum/browser-debugger-cli#102',
    title: 'the response of another origin is opaque',
    play: (user) => {
      openShop(user);
      user.requests({
        ...call,
        name: 'https://api.example/e',
        status: 0,
        responseHeaders: { 'content-type': 'text/html' },
      });
      return none;
    },
  },
  {
    report: 'PostHog/posthog#22309',
    title: 'a call succeeds, and only the browser knows the status',
    play: (user) => {
      openShop(user);
      user.requests({ ...timing, responseStatus: 204 });
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#6743',
    title: 'a call is cancelled',
    play: (user) => {
      openShop(user);
      user.requests({ ...call, status: 0 });
      return [`network-error ${user.now}`];
    },
  },
  {
    report: 'getsentry/sentry#117379',
    title: 'a call of Sentry gets no response',
    play: (user) => {
      openShop(user);
      user.emit('performanceSpan', {
        op: 'resource.xhr',
        description: '/api/data',
        data: { method: 'GET', statusCode: 0 },
      });
      return [`network-error ${user.now}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#8390',
    title: 'a call is rejected',
    play: (user) => {
      openShop(user);
      user.requests({ ...call, status: 500 });
      return [`network-error ${user.now}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#8390',
    title: 'a timing of the browser has a status of rejection',
    play: (user) => {
      openShop(user);
      user.requests({ ...timing, responseStatus: 404 });
      return [`network-error ${user.now}`];
    },
  },
  {
    report: 'rrweb-io/rrweb-sizer e1.json',
    title: 'the address bar of a phone goes and comes with scrolling',
    play: (user) => {
      openMobileShop(user);
      user.resize(390, 722);
      const at = user.now;
      user.wait(2000);
      for (let count = 1; count <= 3; count++) {
        user
          .scrollTo(count * 300)
          .wait(100)
          .resize(390, count % 2 === 1 ? 832 : 722)
          .wait(1200);
      }
      return [`viewport ${at}`];
    },
  },
  {
    report: 'adaptlearning/adapt_framework#1562',
    title: 'the bars of a tablet go with scrolling',
    play: (user) => {
      const { button, status } = openShop(user);
      user.tap(button).setText(status, 'Saved').wait(900).scrollTo(300).wait(100).resize(800, 690);
      return none;
    },
  },
  {
    report: 'WTW-IM/es-components#372',
    title: 'the keyboard of a tablet opens and closes',
    play: (user) => {
      const { field } = openShop(user);
      user
        .tap(field)
        .takeFocus(field)
        .wait(300)
        .resize(800, 320)
        .type(field, 'abc')
        .wait(500)
        .resize(800, 600)
        .loseFocus();
      return none;
    },
  },
  {
    report: 'adaptlearning/adapt_framework#1562',
    title: 'the bars of a phone in landscape go with scrolling, and no touch is recorded',
    play: (user) => {
      openMobileShop(user);
      for (let count = 1; count <= 3; count++)
        user
          .scrollTo(count * 300)
          .wait(200)
          .resize(800, count % 2 === 1 ? 650 : 600)
          .wait(1500);
      return none;
    },
  },
  {
    report: 'mvasin/react-div-100vh#81',
    title: 'the keyboard of a tablet opens and closes, and no touch is recorded',
    play: (user) => {
      const { field } = openMobileShop(user);
      user.takeFocus(field).wait(300).resize(800, 280).type(field, 'abcd').wait(800).resize(800, 600).loseFocus();
      return none;
    },
  },
  {
    report: 'mlaursen/react-md#684',
    title: 'a phone is turned',
    play: (user) => {
      const { button, status } = openShop(user);
      user.tap(button).setText(status, 'Saved').wait(900).resize(600, 800);
      return [`viewport ${user.now}`];
    },
  },
  {
    report: 'vellum-ai/vellum-assistant#40943',
    title: 'a window of a desktop is pulled shorter',
    play: (user) => {
      openShop(user);
      for (let height = 590; height >= 500; height -= 10) user.wait(30).resize(800, height);
      return [`viewport ${user.now}`];
    },
  },
  {
    report: 'adaptlearning/adapt_framework#1562',
    title: 'a resize event has the size of before',
    play: (user) => {
      openShop(user);
      user.resize(800, 600).wait(500).resize(800, 600);
      return none;
    },
  },
];
