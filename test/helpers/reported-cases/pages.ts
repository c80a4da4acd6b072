import { EventType } from '../../../src-main/core/recording/events';
import type { RecordedUser } from '../recorded-user';
import { openShop, type Finding, type ReportedCase } from './case';

const none: Finding[] = [];
const account = 'https://shop.example/account';
const firstRequests = (user: RecordedUser): RecordedUser =>
  user.plugin(user.now, 'rrweb/network@1', { requests: [], isInitial: true });

/** Page views that other recorders count although no page opens, and real ones. */
export const pageCases: ReportedCase[] = [
  {
    report: 'medama-io/medama#56',
    title: 'a filter changes the query of the address',
    play: (user) => {
      openShop(user);
      user
        .emit('$pageview', { href: `${account}?sort=price` })
        .wait(900)
        .emit('$url_changed', { href: `${account}?sort=name` });
      return none;
    },
  },
  {
    report: 'hatchet-dev/hatchet#2598',
    title: 'a parameter is added to the address as the page opens',
    play: (user) => {
      openShop(user);
      user.emit('$pageview', { href: `${account}?tenant=7` });
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#1886',
    title: 'a link jumps to a section of the page',
    play: (user) => {
      openShop(user);
      user.emit('$pageview', { href: `${account}#returns` });
      return none;
    },
  },
  {
    report: 'Ismaaa/next-use-posthog#3',
    title: 'the same page view is recorded twice within milliseconds',
    play: (user) => {
      openShop(user);
      const at = user.now;
      user.emit('$pageview', { href: 'https://shop.example/orders' }).wait(4);
      user.emit('$pageview', { href: 'https://shop.example/orders' });
      return [`navigation ${at}`];
    },
  },
  {
    report: 'andymai/gridfinity-layout-tool#311',
    title: 'the router replaces the address without a click',
    play: (user) => {
      openShop(user);
      for (let count = 0; count < 5; count++) user.emit('$pageview', { href: account }).wait(100);
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a breadcrumb and a span are about the same page',
    play: (user) => {
      openShop(user);
      const at = user.now;
      user.emit('breadcrumb', { category: 'navigation', data: { from: '/account', to: '/orders' } }).wait(30);
      user.emit('performanceSpan', { op: 'navigation.push', description: 'https://shop.example/orders' });
      return [`navigation ${at}`];
    },
  },
  {
    report: 'PostHog/posthog-js#1886',
    title: 'a router opens another path',
    play: (user) => {
      openShop(user);
      const at = user.now;
      user.emit('$pageview', { href: 'https://shop.example/settings' });
      return [`navigation ${at}`];
    },
  },
  {
    report: 'plausible/plausible-tracker#18',
    title: 'a router uses the fragment of the address',
    play: (user) => {
      openShop(user);
      const at = user.now;
      user.emit('$pageview', { href: `${account}#/orders/7` });
      return [`navigation ${at}`];
    },
  },
  {
    report: 'PostHog/posthog-js#1076',
    title: 'a router opens a page, and no platform records the address',
    play: (user) => {
      const link = user.element('a', { href: '/orders' }, ['Orders']);
      const { list } = openShop(user, [link]);
      user.press(link).wait(120);
      const at = user.now;
      user.append(list, 'li', 'Order 7');
      return [`navigation ${at}`];
    },
  },
  {
    report: 'PostHog/posthog-js#1076',
    title: 'a link to another page opens a dialog instead',
    limit: 'Without the address, a dialog looks like a page of a single-page application.',
    play: (user) => {
      const link = user.element('a', { href: '/login' }, ['Log in']);
      const { list } = openShop(user, [link]);
      user.press(link).wait(120).append(list, 'div', 'Please log in', { role: 'dialog' });
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#3619',
    title: 'a link to a file shows a message about the download',
    play: (user) => {
      const link = user.element('a', { href: '/files/report.pdf' }, ['Report']);
      const { list } = openShop(user, [link]);
      user.press(link).wait(120).append(list, 'div', 'Your download has started');
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#625',
    title: 'a ticker changes after a link without effect is clicked',
    play: (user) => {
      const link = user.element('a', { href: '/orders' }, ['Orders']);
      const { list } = openShop(user, [link]);
      for (let count = 0; count < 4; count++) {
        user.append(list, 'li', `News ${count}`);
        user.wait(900);
      }
      user.press(link);
      const at = user.clickedAt;
      user.wait(500).append(list, 'li', 'News 5');
      return [`dead-click ${at}`];
    },
  },
  {
    report: 'PostHog/posthog-js#4202',
    title: 'the recorder takes a snapshot after rows were added',
    play: (user) => {
      const { button, list } = openShop(user);
      user.press(button).wait(20).append(list, 'li', 'Row 2');
      user.wait(900).checkout().move().wait(1000).checkout();
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#4202',
    title: 'the recorder lists its first requests, then takes a snapshot by the clock',
    play: (user) => {
      const { button, list } = openShop(user);
      firstRequests(user.wait(10)).press(button).wait(20).append(list, 'li', 'Row 2');
      user.wait(1500).checkout();
      return none;
    },
  },
  {
    report: 'PostHog/posthog-js#4202',
    title: 'the page is loaded completely only after the first snapshot',
    play: (user) => {
      user.add(0, { type: EventType.DomContentLoaded, data: {} });
      openShop(user);
      user.add(user.now, { type: EventType.Load, data: {} }).wait(1500).checkout();
      return none;
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a form posts back to the same address',
    play: (user) => {
      const { button, list } = openShop(user);
      user.press(button).wait(20).append(list, 'li', 'Name is missing');
      user.wait(900);
      const at = user.now;
      user.reload();
      return [`navigation ${at}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a reload takes added rows away and shows another text',
    play: (user) => {
      const { button, list } = openShop(user);
      user.press(button).wait(20).append(list, 'li', 'Row 2');
      user.wait(900);
      const at = user.now;
      user.reload((body) => (body[3] = user.element('p', {}, ['Welcome back'])));
      return [`navigation ${at}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a reload undoes a changed text',
    play: (user) => {
      const { button, status } = openShop(user);
      user.press(button).wait(20).setText(status, 'Saved').wait(900);
      const at = user.now;
      user.reload();
      return [`navigation ${at}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a reload brings other content with the same ids',
    play: (user) => {
      openShop(user);
      user.wait(900);
      const at = user.now;
      user.reload((body) => body.unshift({ tagName: 'p', type: 2, attributes: {}, childNodes: [] }));
      return [`navigation ${at}`];
    },
  },
  {
    report: 'getsentry/sentry-javascript#6928',
    title: 'a page without changes is reloaded, and the recorder lists its first requests',
    play: (user) => {
      firstRequests(user.wait(0));
      openShop(user);
      const at = user.now;
      firstRequests(user.reload());
      return [`navigation ${at}`];
    },
  },
];
