import { IncrementalSource } from '../../../src-main/core/recording/events';
import type { RecordedUser } from '../recorded-user';
import { openShop, type Finding, type ReportedCase } from './case';

const none: Finding[] = [];
const deadClick = (user: RecordedUser): Finding[] => [`dead-click ${user.clickedAt}`];
const media = (id: number, type: number, currentTime: number) => ({
  source: IncrementalSource.MediaInteraction,
  id,
  type,
  currentTime,
});

/** Clicks that other recorders report as dead although they had an effect, or promised none. */
const falseAlarms: ReportedCase[] = [
  {
    report: 'PostHog/posthog-js#4733',
    title: 'text is selected by dragging',
    play: (user) => {
      const { text } = openShop(user);
      user.down(text).wait(200).select(text, 0, 9).wait(200).select(text, 0, 20).wait(40).up(text, 300, 22);
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#1552',
    title: 'a click on text clears the selection',
    play: (user) => {
      const { text, heading } = openShop(user);
      user.down(text).wait(300).select(text, 0, 20).wait(40).up(text, 300, 22).wait(2000);
      user.press(heading, 40, 60, () => user.deselect());
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#1552',
    title: 'a click on selected text clears the selection after the click',
    play: (user) => {
      const { heading } = openShop(user);
      user.down(heading).wait(300).select(heading, 0, 20).wait(40).up(heading, 300, 22).wait(2000);
      user.press(heading, 40, 20).wait(4).deselect();
      return none;
    },
  },
  {
    report: 'microsoft/clarity#603',
    title: 'a word is selected with a double click to copy it',
    play: (user) => {
      const { heading } = openShop(user);
      user
        .press(heading)
        .wait(60)
        .press(heading, 30, 20, () => user.select(heading, 0, 8));
      return none;
    },
  },
  {
    report: 'microsoft/clarity#603',
    title: 'a div that acts as a button changes a class',
    play: (user) => {
      const card = user.element('div', { class: 'card' }, ['Express']);
      openShop(user, [card]);
      user.press(card).wait(40).setAttributes(card, { class: 'card card--chosen' });
      return none;
    },
  },
  {
    report: 'microsoft/clarity#603',
    title: 'a click beside a dialog closes it',
    play: (user) => {
      const backdrop = user.element('div', { class: 'backdrop', tabindex: '0' });
      const root = user.element('div', {}, [backdrop]);
      openShop(user, [root]);
      user.press(backdrop, 5, 300).wait(80).remove(root, backdrop);
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3619',
    title: 'a link leads to a PDF file',
    play: (user) => {
      const link = user.element('a', { href: 'https://shop.example/files/report-2026.PDF#page=2' }, ['Report']);
      openShop(user, [link]);
      user.pressButton(link);
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3619',
    title: 'a link exports a table by a query parameter',
    play: (user) => {
      const link = user.element('a', { href: '/orders?month=5&format=csv' }, ['Export']);
      openShop(user, [link]);
      user.pressButton(link);
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3621',
    title: 'a link opens another tab',
    play: (user) => {
      const link = user.element('a', { href: '/terms', target: '_blank' }, ['Terms']);
      openShop(user, [link]);
      user.pressButton(link);
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3621',
    title: 'a link opens the mail program',
    play: (user) => {
      const link = user.element('a', { href: 'mailto:help@shop.example' }, ['Write to us']);
      openShop(user, [link]);
      user.pressButton(link);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#9087',
    title: 'a link has a download attribute',
    play: (user) => {
      const link = user.element('a', { href: '/invoice/7', download: '' }, ['Invoice']);
      openShop(user, [link]);
      user.pressButton(link);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-docs#8324',
    title: 'a button starts a download by clicking a hidden link',
    play: (user) => {
      const hidden = user.element('a', { href: 'blob:https://shop.example/1', download: 'orders.csv' });
      const { button } = openShop(user, [hidden]);
      user.pressButton(button).wait(3).clickByScript(hidden);
      return none;
    },
  },
  {
    report: 'getsentry/sentry#80275',
    title: 'a button opens the file dialog of a hidden field',
    play: (user) => {
      const file = user.element('input', { type: 'file' });
      const { button } = openShop(user, [file]);
      user.pressButton(button).wait(2).clickByScript(file);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#8301',
    title: 'a button opens a window, and the platform records that the tab is hidden',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button).wait(120).emit('window hidden').wait(2000).emit('window visible').move();
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#8301',
    title: 'a button opens a window, and only the lost focus is recorded',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button).wait(150).loseFocus();
      return none;
    },
  },
  {
    report: 'getsentry/sentry-docs#10277',
    title: 'a button prints the page',
    play: (user) => {
      const print = user.element('button', { onclick: 'window.print()' }, ['Print']);
      openShop(user, [print]);
      user.press(print);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-docs#10277',
    title: 'a button downloads a file that its script has made, without a trace in the page',
    limit: 'A download that a script makes, such as an export from a button, leaves no trace in the recording.',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#10257',
    title: 'a button plays a sound of the page',
    play: (user) => {
      const audio = user.element('audio', { src: '/a.mp3' });
      const { button } = openShop(user, [audio]);
      user
        .pressButton(button)
        .wait(30)
        .increment(user.now, media(audio.id, 0, 0));
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#10257',
    title: 'a button plays a sound that is not part of the page',
    limit: 'A sound that is not part of the page leaves no trace in the recording.',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#9755',
    title: 'a menu opens at the pointer-down, before the click',
    play: (user) => {
      const { button, list } = openShop(user);
      user.press(button, 30, 20, () => user.wait(5).append(list, 'li', 'Row 2'));
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#9755',
    title: 'a menu that is hidden opens at the pointer-down',
    play: (user) => {
      const { button } = openShop(user);
      user.press(button, 30, 20, () => user.wait(5).setAttributes(button, { 'aria-expanded': 'true' }));
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#4315',
    title: 'a date label and a list change within 100 ms',
    play: (user) => {
      const { button, status, list } = openShop(user);
      user.pressButton(button).wait(60).setText(status, 'Week 32').append(list, 'li', 'Row 2');
      return none;
    },
  },
  {
    report: 'getsentry/sentry#60826',
    title: 'a button puts the date of today into a field',
    play: (user) => {
      const { button, field } = openShop(user);
      user.pressButton(button).wait(10).input(user.now, field, '2026-09-01');
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#1508',
    title: 'a disabled button is clicked',
    play: (user) => {
      const off = user.element('button', { 'aria-disabled': 'true' }, ['Pay']);
      openShop(user, [off]);
      user.press(off);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#13518',
    title: 'a button redraws a chart on a canvas',
    play: (user) => {
      const chart = user.element('canvas');
      const { button } = openShop(user, [chart]);
      user.pressButton(button).wait(50);
      user.increment(user.now, { source: IncrementalSource.CanvasMutation, id: chart.id, type: 0, commands: [] });
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#8021',
    title: 'a link loads a page after almost 6 s',
    play: (user) => {
      const link = user.element('a', { href: '/orders' }, ['Orders']);
      openShop(user, [link]);
      user.pressButton(link).wait(4000).move().wait(1900);
      const at = user.now;
      user.visit([user.element('h1', {}, ['Orders'])], 'https://shop.example/orders');
      return [`navigation ${at}`];
    },
  },
  {
    report: 'getsentry/sentry-docs#8324',
    title: 'a request is answered only after 12 s',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button).wait(4000).move().wait(4000).move().wait(4000).move();
      user.requests({ name: '/api/pay', method: 'POST', initiatorType: 'fetch', status: 200, duration: 11_900 });
      return none;
    },
  },
  {
    report: 'docs.datadoghq.com frustration signals',
    title: 'a map on a canvas is clicked',
    play: (user) => {
      const map = user.element('canvas', { tabindex: '0' });
      openShop(user, [map]);
      user.press(map, 200, 300);
      return none;
    },
  },
  {
    report: 'DataDog/browser-sdk#1317',
    title: 'a link scrolls to a section',
    play: (user) => {
      const link = user.element('a', { href: '#returns' }, ['Returns']);
      openShop(user, [link]);
      for (const y of [120, 300, 420]) user.wait(y === 120 ? 0 : 60).scrollTo(y);
      user.press(link).wait(50).scrollTo(80);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#8141',
    title: 'a click on a label goes to its field',
    play: (user) => {
      const label = user.element('label', {}, ['Coupon', user.element('input', { type: 'text' })]);
      openShop(user, [label]);
      user.press(label);
      return none;
    },
  },
];

/** Clicks without an effect. */
const dead: ReportedCase[] = [
  {
    report: 'getsentry/sentry-javascript#8052',
    title: 'a button has no handler',
    play: (user) => {
      user.pressButton(openShop(user).button);
      return deadClick(user);
    },
  },
  {
    report: 'PostHog/posthog-js#3621',
    title: 'an icon in a button without a handler is clicked',
    play: (user) => {
      const path = user.element('path', {}, [], { isSVG: true });
      const icon = user.element('svg', {}, [path], { isSVG: true });
      openShop(user, [user.element('button', { 'aria-label': 'Filter' }, [icon])]);
      user.press(path);
      return deadClick(user);
    },
  },
  {
    report: 'docs.datadoghq.com frustration signals',
    title: 'a heading looks like a link',
    play: (user) => {
      user.press(openShop(user).heading);
      return deadClick(user);
    },
  },
  {
    report: 'PostHog/posthog-js#625',
    title: 'only a clock changes after the click',
    play: (user) => {
      const clock = user.element('span', {}, ['12:00:00']);
      const { button } = openShop(user, [clock]);
      for (let second = 1; second <= 4; second++) user.setText(clock, `12:00:0${second}`).wait(1000);
      user.press(button).wait(500);
      for (let second = 5; second <= 6; second++) user.setText(clock, `12:00:0${second}`).wait(900);
      return deadClick(user);
    },
  },
  {
    report: 'PostHog/posthog-js#4733',
    title: 'a click on a button without a handler clears the selection',
    play: (user) => {
      const { button, text } = openShop(user);
      user.down(text).wait(300).select(text, 0, 20).wait(40).up(text, 300, 22).wait(2000);
      user.press(button, 40, 60, () => user.deselect());
      return deadClick(user);
    },
  },
  {
    report: 'PostHog/posthog-js#625',
    title: 'only an animation on a canvas continues after the click',
    play: (user) => {
      const canvas = user.element('canvas');
      const { button } = openShop(user, [canvas]);
      const draw = { source: IncrementalSource.CanvasMutation, id: canvas.id, type: 0, commands: [] };
      for (let frame = 0; frame < 40; frame++) user.wait(100).increment(user.now, draw);
      user.press(button);
      for (let frame = 0; frame < 10; frame++) user.wait(100).increment(user.now, draw);
      return deadClick(user);
    },
  },
  {
    report: 'getsentry/sentry-javascript#17164',
    title: 'the button only draws a ripple under the pointer',
    play: (user) => {
      const { button } = openShop(user);
      user
        .press(button, 30, 20, () => user.drawRipple(button))
        .wait(500)
        .endRipple(button);
      return deadClick(user);
    },
  },
  {
    report: 'getsentry/sentry-javascript#9408',
    title: 'the recorder takes a full snapshot after the click',
    play: (user) => {
      const { button } = openShop(user);
      user.press(button).wait(700).checkout();
      return deadClick(user);
    },
  },
  {
    report: 'hcl-software.com rage click module',
    title: 'a link opens nothing',
    play: (user) => {
      const link = user.element('a', { href: '/cart' }, ['Cart']);
      openShop(user, [link]);
      user.pressButton(link);
      return deadClick(user);
    },
  },
  {
    report: 'getsentry/sentry-javascript#8052',
    title: 'a button only throws an error',
    play: (user) => {
      const { button } = openShop(user);
      user.pressButton(button).wait(5);
      user.plugin(user.now, 'rrweb/console@1', {
        level: 'error',
        payload: ['"Uncaught TypeError: x is null"'],
        trace: [],
      });
      return deadClick(user);
    },
  },
  {
    report: 'getsentry/sentry-javascript#8052',
    title: 'the next action of the user changes the page',
    play: (user) => {
      const { button, status } = openShop(user);
      user.pressButton(button);
      const found = deadClick(user);
      user.wait(3000).scrollTo(400).wait(500).setText(status, 'Loaded while scrolling');
      return found;
    },
  },
  {
    report: 'getsentry/sentry-docs#8658',
    title: 'a message of a chat arrives by chance after the click',
    limit: 'A change that happens by chance right after a click looks like its response.',
    play: (user) => {
      const { button, list } = openShop(user);
      user.press(button);
      const found = deadClick(user);
      user.wait(900).append(list, 'li', 'Hello!');
      return found;
    },
  },
  {
    report: 'getsentry/sentry-docs#8658',
    title: 'a click without a handler is counted by an analytics request',
    limit: 'A request of a statistics script looks like a request for the user.',
    play: (user) => {
      const { button } = openShop(user);
      user.press(button);
      const found = deadClick(user);
      user.wait(400);
      user.requests({
        name: 'https://stats.example/e',
        method: 'POST',
        initiatorType: 'fetch',
        status: 200,
        duration: 60,
      });
      return found;
    },
  },
];

export const deadClickCases: ReportedCase[] = [...falseAlarms, ...dead];
