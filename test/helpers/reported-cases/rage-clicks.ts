import { IncrementalSource } from '../../../src-main/core/recording/events';
import type { RecordedUser } from '../recorded-user';
import { openShop, type Finding, type ReportedCase } from './case';

const none: Finding[] = [];

/** Clicks `times` times and returns the rage clicks that are expected, which begin with the first. */
function mash(user: RecordedUser, target: { id: number }, times: number, answer?: (click: number) => void): Finding[] {
  const first = user.now + 60;
  user.pressOften(target, times, 220, answer);
  return [`rage-click ${first}`];
}

/** Quick clicks that other recorders report as rage although they are use. */
const falseAlarms: ReportedCase[] = [
  {
    report: 'PostHog/posthog-js#2565',
    title: 'a gallery shows the next picture at each click',
    play: (user) => {
      const photo = user.element('img', { src: '/1.jpg' });
      const next = user.element('button', { 'aria-label': 'Next' });
      openShop(user, [photo, next]);
      user.pressOften(next, 5, 220, (click) => user.wait(15).setAttributes(photo, { src: `/${click + 1}.jpg` }));
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3749',
    title: 'a stepper counts up',
    play: (user) => {
      const { status, button } = openShop(user);
      user.pressOften(button, 6, 200, (click) => user.wait(10).setText(status, `${click + 1}`));
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3749',
    title: 'a stepper is clicked beyond its end',
    play: (user) => {
      const { status, button } = openShop(user);
      user.pressOften(button, 6, 200, (click) => click <= 4 && user.wait(10).setText(status, `${click + 1}`));
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3749',
    title: 'a stepper writes into its field',
    play: (user) => {
      const { field, button } = openShop(user);
      user.pressOften(button, 4, 200, (click) => user.wait(5).input(user.now, field, `${click + 1}`));
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#18339',
    title: 'a pager replaces the rows at each click',
    play: (user) => {
      const { list, button } = openShop(user);
      let row = user.append(list, 'li', 'Page 1');
      user.wait(500).pressOften(button, 4, 250, (click) => {
        user.wait(60).remove(list, row);
        row = user.append(list, 'li', `Page ${click + 1}`);
      });
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#18339',
    title: 'a pager shows each page only after the next click',
    play: (user) => {
      const { status, button } = openShop(user);
      const pages: number[] = [];
      user.pressOften(button, 3, 250, (click) => {
        for (const page of pages.splice(0)) user.wait(40).setText(status, `Page ${page}`);
        pages.push(click + 1);
      });
      user.wait(300).setText(status, 'Page 4');
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#17269',
    title: 'a toggle is switched to and fro',
    play: (user) => {
      const toggle = user.element('button', { 'aria-pressed': 'false' }, ['Use setting']);
      openShop(user, [toggle]);
      user.pressOften(toggle, 4, 240, (click) =>
        user.setAttributes(toggle, { 'aria-pressed': String(click % 2 === 1) }),
      );
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#17269',
    title: 'an accordion is opened and closed by a class',
    play: (user) => {
      const section = user.element('section', { class: 'part' }, ['Details']);
      const { button } = openShop(user, [section]);
      user.pressOften(button, 4, 240, (click) =>
        user.setAttributes(section, { class: click % 2 === 1 ? 'part open' : 'part' }),
      );
      return none;
    },
  },
  {
    report: 'PostHog/posthog#40880',
    title: 'a triple click selects a paragraph',
    play: (user) => {
      const { text } = openShop(user);
      user.press(text).wait(60);
      user.press(text, 30, 20, () => user.select(text, 3, 10)).wait(60);
      user.press(text, 30, 20, () => user.select(text, 0, 60));
      return none;
    },
  },
  {
    report: 'PostHog/posthog#40880',
    title: 'a triple click selects the text of a field',
    play: (user) => {
      const { field } = openShop(user);
      user.pressOften(field, 3, 150);
      return none;
    },
  },
  {
    report: 'PostHog/posthog#40880',
    title: 'a calendar goes on by a month at each click',
    play: (user) => {
      const { status, button } = openShop(user);
      const months = ['October', 'November', 'December', 'January'];
      user.pressOften(button, 4, 230, (click) => user.wait(8).setText(status, months[click - 1] ?? ''));
      return none;
    },
  },
  {
    report: 'PostHog/posthog#40880',
    title: 'a folder is opened by a second double click',
    play: (user) => {
      const { list, heading } = openShop(user);
      user.doubleClick(heading).wait(400).doubleClick(heading).wait(50).append(list, 'li', 'Row 2');
      return none;
    },
  },
  {
    report: 'DataDog/browser-sdk#3621',
    title: 'a carousel scrolls at each click',
    play: (user) => {
      const { list, button } = openShop(user);
      user.pressOften(button, 4, 250, (click) => user.wait(20).scrollTo(0, list, 300 * click));
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#8300',
    title: 'an item is selected, then opened by clicking it three times',
    play: (user) => {
      const item = user.element('li', { class: 'item', tabindex: '0' }, ['Budget 2026']);
      const { status } = openShop(user, [user.element('ul', {}, [item])]);
      user.pressOften(item, 3, 160, (click) => {
        if (click === 1) user.setAttributes(item, { class: 'item item--selected' });
        if (click === 2) user.wait(20).setText(status, 'Budget 2026 is open');
      });
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#2565',
    title: 'a video jumps by 10 s at each click',
    play: (user) => {
      const video = user.element('video', { src: '/v.mp4' });
      const { button } = openShop(user, [video]);
      const seek = { source: IncrementalSource.MediaInteraction, id: video.id, type: 2 };
      user.pressOften(button, 4, 240, (click) => user.increment(user.now + 4, { ...seek, currentTime: 10 * click }));
      return none;
    },
  },
  {
    report: 'PostHog/posthog#39068',
    title: 'a game on a canvas is played',
    play: (user) => {
      const game = user.element('canvas');
      openShop(user, [game]);
      user.pressOften(game, 8, 150);
      return none;
    },
  },
  {
    report: 'PostHog/posthog#39068',
    title: 'a plan is enlarged at each click',
    play: (user) => {
      const plan = user.element('div', { class: 'plan' }, ['Ground floor']);
      const { button } = openShop(user, [plan]);
      user.pressOften(button, 4, 200, (click) =>
        user.setAttributes(plan, { style: { transform: `scale(${click + 1})` } }),
      );
      return none;
    },
  },
  {
    report: 'PostHog/posthog#39068',
    title: 'a map on a canvas is enlarged at each click',
    play: (user) => {
      const map = user.element('canvas');
      const { button } = openShop(user, [map]);
      const draw = { source: IncrementalSource.CanvasMutation, id: map.id, type: 0, commands: [] };
      user.pressOften(button, 4, 220, () => user.wait(16).increment(user.now, draw));
      return none;
    },
  },
  {
    report: 'DataDog/browser-sdk#3621',
    title: 'a slider moves by a complete inline style',
    play: (user) => {
      const track = user.element('div', { style: '' }, ['Slides']);
      const { button } = openShop(user, [track]);
      const style = (click: number): string => `transition: transform 0.3s; transform: translateX(-${click * 300}px)`;
      user.pressOften(button, 4, 240, (click) => user.wait(5).setAttributes(track, { style: style(click) }));
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#17269',
    title: 'a switch keeps its state in a data attribute',
    play: (user) => {
      const root = user.element('div', { 'data-theme': 'light' }, ['Page']);
      const { button } = openShop(user, [root]);
      user.pressOften(button, 4, 240, (click) =>
        user.setAttributes(root, { 'data-theme': click % 2 === 1 ? 'dark' : 'light' }),
      );
      return none;
    },
  },
  {
    report: 'PostHog/posthog#39068',
    title: 'a button adds a row at each click',
    play: (user) => {
      const { list, button } = openShop(user);
      user.pressOften(button, 4, 210, () => user.wait(12).append(list, 'li', 'New row'));
      return none;
    },
  },
  {
    report: 'PostHog/posthog.com#18339',
    title: 'two quick clicks',
    play: (user) => {
      const { status, button } = openShop(user);
      user.pressOften(button, 2, 200).setText(status, 'Saved');
      return none;
    },
  },
  {
    report: 'getsentry/sentry#60826',
    title: 'three checkboxes below each other are ticked',
    play: (user) => {
      const boxes = ['Terms', 'News', 'SMS'].map((name) =>
        user.element('input', { type: 'checkbox', 'aria-label': name }),
      );
      openShop(user, boxes);
      for (const [index, box] of boxes.entries()) {
        user.press(box, 30, 100 + 20 * index, () => user.takeFocus(box));
        user.input(user.now, box, 'on', { isChecked: true }).wait(300);
      }
      return none;
    },
  },
];

/** Clicks out of frustration. */
const rage: ReportedCase[] = [
  {
    report: 'DataDog/dd-sdk-reactnative#506',
    title: 'a button with an empty handler is clicked again and again',
    play: (user) => mash(user, openShop(user).button, 5),
  },
  {
    report: 'PostHog/posthog.com#18339',
    title: 'three quick clicks without an answer',
    play: (user) => mash(user, openShop(user).button, 3),
  },
  {
    report: 'getsentry/sentry-javascript#17164',
    title: 'the button only draws a ripple at each click',
    play: (user) => {
      const { button } = openShop(user);
      return mash(user, button, 5, () => user.drawRipple(button).wait(100).endRipple(button));
    },
  },
  {
    report: 'getsentry/sentry-docs#10686',
    title: 'each attempt shows the same error again',
    play: (user) => {
      const { list, button } = openShop(user);
      let error: { id: number } | undefined;
      return mash(user, button, 4, () => {
        if (error) user.remove(list, error);
        error = user.wait(50).append(list, 'li', 'Payment failed');
      });
    },
  },
  {
    report: 'getsentry/sentry-docs#10686',
    title: 'each attempt is rejected and adds a message',
    play: (user) => {
      const { list, button } = openShop(user);
      return mash(user, button, 4, () => {
        user.wait(60).append(list, 'li', 'Could not be saved');
        user.requests({ name: '/api/save', method: 'POST', initiatorType: 'fetch', status: 500, duration: 50 });
      }).concat(Array.from({ length: 4 }, (_, index): Finding => `network-error ${940 + 220 * index}`));
    },
  },
  {
    report: 'getsentry/sentry-docs#10686',
    title: 'each attempt shows an alert',
    play: (user) => {
      const alerts = user.element('div', { role: 'alert' });
      const { button } = openShop(user, [alerts]);
      return mash(user, button, 4, (click) => user.wait(20).append(alerts, 'p', `Attempt ${click} failed`));
    },
  },
  {
    report: 'getsentry/sentry-docs#8324',
    title: 'the page only shows that it is at work',
    play: (user) => {
      const { button } = openShop(user);
      return mash(user, button, 5, (click) =>
        user.setAttributes(button, { class: click % 2 === 1 ? 'is-loading' : '' }),
      );
    },
  },
  {
    report: 'getsentry/sentry-docs#8324',
    title: 'a data attribute shows that the page is at work',
    play: (user) => {
      const { button } = openShop(user);
      return mash(user, button, 4, (click) => user.setAttributes(button, { 'data-loading': String(click % 2 === 1) }));
    },
  },
  {
    report: 'docs.datadoghq.com frustration signals',
    title: 'a text that does nothing is clicked again and again',
    play: (user) => mash(user, openShop(user).heading, 6),
  },
  {
    report: 'PostHog/posthog-js#1508',
    title: 'a disabled button is clicked again and again',
    play: (user) => {
      const off = user.element('button', { 'aria-disabled': 'true' }, ['Pay']);
      openShop(user, [off]);
      return mash(user, off, 5);
    },
  },
  {
    report: 'PostHog/posthog-js#625',
    title: 'only a clock changes between the clicks',
    play: (user) => {
      const clock = user.element('span', {}, ['12:00:00']);
      const { button } = openShop(user, [clock]);
      for (let second = 1; second <= 4; second++) user.setText(clock, `12:00:0${second}`).wait(1000);
      return mash(user, button, 5, (click) => user.setText(clock, `12:00:1${click}`));
    },
  },
  {
    report: 'getsentry/sentry-docs#10329',
    title: 'a stepper stops to work',
    play: (user) => {
      const { status, button } = openShop(user);
      return mash(user, button, 8, (click) => click <= 3 && user.wait(10).setText(status, `${click + 1}`));
    },
  },
];

export const rageClickCases: ReportedCase[] = [...falseAlarms, ...rage];
