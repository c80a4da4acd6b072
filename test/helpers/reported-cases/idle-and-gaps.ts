import { IncrementalSource } from '../../../src-main/core/recording/events';
import { openShop, type Finding, type ReportedCase } from './case';

const none: Finding[] = [];
const hours = 3_600_000;

/** Times that other recorders report as inactivity or a gap by mistake, and real ones. */
export const idleAndGapCases: ReportedCase[] = [
  {
    report: 'getsentry/sentry-replay#326',
    title: 'the user types for 10 s',
    play: (user) => {
      const { field } = openShop(user);
      user
        .press(field, 30, 20, () => user.takeFocus(field))
        .wait(300)
        .type(field, 'a long answer', 800);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-docs#9105',
    title: 'the user only scrolls',
    play: (user) => {
      openShop(user);
      for (let y = 100; y <= 500; y += 100) user.wait(4000).scrollTo(y);
      return none;
    },
  },
  {
    report: 'PostHog/posthog#2096',
    title: 'the user only moves the mouse a little',
    play: (user) => {
      openShop(user);
      for (let x = 300; x <= 303; x++) user.wait(4500).move(x);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-docs#9105',
    title: 'the user only swipes',
    play: (user) => {
      openShop(user);
      for (let y = 100; y <= 300; y += 100) {
        const positions = [{ x: 50, y, id: 1, timeOffset: -300 }];
        user.wait(4200).increment(user.now, { source: IncrementalSource.TouchMove, positions });
      }
      return none;
    },
  },
  {
    report: 'PostHog/posthog#3458',
    title: 'the user watches a video',
    play: (user) => {
      const video = user.element('video', { src: '/v.mp4' });
      const { button } = openShop(user, [video]);
      const play = { source: IncrementalSource.MediaInteraction, id: video.id, currentTime: 0 };
      user.press(button).increment(user.now + 10, { ...play, type: 0 });
      user.wait(60_000).increment(user.now, { ...play, type: 1, currentTime: 60 });
      return none;
    },
  },
  {
    report: 'PostHog/posthog#3458',
    title: 'a video on the page autoplays',
    play: (user) => {
      const video = user.element('video', { src: '/v.mp4', autoplay: '' });
      openShop(user, [video]);
      const from = user.now - 400;
      user.wait(2000).increment(user.now, { source: IncrementalSource.MediaInteraction, id: video.id, type: 0 });
      user.wait(20_000);
      return [`idle ${from}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#7356',
    title: 'the user is away, and a clock changes every second',
    play: (user) => {
      const clock = user.element('span', {}, ['0']);
      openShop(user, [clock]);
      const from = user.now - 400;
      for (let second = 1; second <= 30; second++) user.wait(1000).setText(clock, `${second}`);
      return [`idle ${from}`];
    },
  },
  {
    report: 'PostHog/posthog-js#625',
    title: 'a page stays open for 20 min',
    play: (user) => {
      openShop(user);
      const from = user.now - 400;
      user.wait(20 * 60_000).move();
      return [`idle ${from}`];
    },
  },
  {
    report: 'PostHog/posthog-js#4202',
    title: 'the recorder takes a snapshot every 5 min while the user is away',
    play: (user) => {
      openShop(user);
      const from = user.now - 400;
      for (let count = 0; count < 3; count++) user.wait(300_000).checkout();
      return [`idle ${from}`];
    },
  },
  {
    report: 'pydantic/logfire-js#354',
    title: 'the recorder takes a snapshot of a page that has changed since the first',
    play: (user) => {
      const { list } = openShop(user);
      user.append(list, 'li', 'Row 2');
      const from = user.now - 400;
      user.wait(120_000).checkout();
      return [`idle ${from}`];
    },
  },
  {
    report: 'PostHog/posthog#88542',
    title: 'the computer sleeps for 8 h',
    play: (user) => {
      const { button, status } = openShop(user);
      const from = user.now - 400;
      user
        .wait(8 * hours)
        .press(button)
        .setText(status, 'Saved');
      return [`idle ${from}`];
    },
  },
  {
    report: 'PostHog/posthog-js#1241',
    title: 'the recorder is paused for half a second',
    play: (user) => {
      openShop(user);
      user.emit('recording paused').wait(500).emit('recording resumed');
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#1241',
    title: 'the recorder is paused for 20 s',
    play: (user) => {
      openShop(user);
      const from = user.now;
      user.emit('recording paused').wait(20_000).emit('recording resumed');
      return [`gap ${from}`];
    },
  },
  {
    report: 'PostHog/posthog-js#626',
    title: 'the recorder stops while the user is away, and the page changes meanwhile',
    play: (user) => {
      openShop(user);
      const from = user.now - 400;
      user.wait(600_000).checkout((body) => body.push(user.element('p', {}, ['Your session has expired'])));
      return [`gap ${from}`];
    },
  },
  {
    report: 'PostHog/posthog-js#4104',
    title: 'the recorder starts again on the same page, with new ids',
    play: (user) => {
      openShop(user);
      const from = user.now - 400;
      user.wait(90_000).restart();
      return [`gap ${from}`];
    },
  },
  {
    report: 'PostHog/posthog#32945',
    title: 'another page opens after 45 s without an event',
    play: (user) => {
      openShop(user);
      const from = user.now - 400;
      user.wait(45_000);
      const at = user.now;
      user.visit([user.element('h1', {}, ['Orders'])], 'https://shop.example/orders');
      return [`gap ${from}`, `navigation ${at}`];
    },
  },
];
