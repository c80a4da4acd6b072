import { describe, expect, it } from 'vitest';
import { ConnectionId } from '../../../src-main/contract/ids';
import type { Reading, SearchField } from '../../../src-main/contract/source';
import { recognizeText, type RecognizingSource } from '../../../src-main/core/sources/recognize';
import * as v from 'valibot';
import { posthog } from '../../../src-main/core/sources/posthog/platform';
import { sentry } from '../../../src-main/core/sources/sentry/platform';

const everything: readonly SearchField[] = ['email', 'uid', 'distinctId', 'sessionId', 'page', 'filters'];

interface Faked {
  id?: string;
  origin?: string;
  search?: readonly SearchField[];
  project?: string;
  recognize?: (text: string) => readonly Reading[];
}

function fakeSource({ id = 'one-source', origin, search = everything, project, recognize }: Faked): RecognizingSource {
  const unused = (): never => {
    throw new Error('recognizing a text must not ask the platform');
  };
  return {
    id: v.parse(ConnectionId, id),
    kind: 'posthog',
    origin: origin ?? 'https://one.example',
    place: project === undefined ? {} : { project },
    source: {
      capabilities: { isReplayable: true, search, isLive: false, hasDeepLink: true },
      verify: unused,
      search: unused,
      open: unused,
      deepLink: unused,
      ...(recognize && { recognize }),
    },
  };
}

/** A platform whose links are `/p/<project>/s/<session>` on any host. */
const readers = {
  posthog: {
    readLink: ({ origin, pathname }: URL) => {
      const [, project, text] = /^\/p\/(\d+)\/s\/(\w+)$/.exec(pathname) ?? [];
      if (project === undefined || text === undefined) return undefined;
      const origins: [string, ...string[]] = [origin, 'https://api.one.example'];
      return { origins, place: { project }, reading: { by: 'sessionId' as const, text } };
    },
  },
};

const read = (text: string, ...sources: Faked[]) => recognizeText(text, sources.map(fakeSource), readers);
const order = (text: string, search?: readonly SearchField[]): string =>
  read(text, search ? { search } : {})
    .readings.map(({ by }) => by)
    .join(' ');

describe('the text of the search field', () => {
  it.each([
    ['jane@example.com', 'email uid distinctId'],
    ['Jürgen+x@shop.example', 'email uid distinctId'],
    ['Jane Doe <jane@example.com>', 'email uid distinctId'],
    ['mailto:jane@example.com', 'email uid distinctId'],
    ['“jane@example.com”,', 'email uid distinctId'],
    ['a@b.example, c@d.example', 'uid distinctId sessionId email'],
    ['see https://shop.example/cart', 'uid distinctId sessionId email'],
    ['0196e180-73bd-7b72-869b-35ee20bbbcd1', 'sessionId distinctId uid'],
    ['7E07485F12F9416B8B1426260799B51F', 'sessionId distinctId uid'],
    ['u-7', 'uid distinctId sessionId email'],
    ['plan = pro', 'filters distinctId uid sessionId'],
    ['https://shop.example/cart?x=1', 'page'],
    ['jane@localhost', 'uid distinctId sessionId email'],
    ['a b', 'uid distinctId sessionId email'],
    ['  ', ''],
  ])('reads %j as %s', (text, expected) => {
    expect(order(text)).toBe(expected);
  });

  it('takes the address out of a name and a mailto link, and nothing else', () => {
    expect(read('Jane Doe <jane@example.com>', {}).readings[0]?.text).toBe('jane@example.com');
    expect(read(' mailto:jane@example.com ', {}).readings[0]?.text).toBe('jane@example.com');
    expect(read("'jane@example.com';", {}).readings[0]?.text).toBe('jane@example.com');
    expect(read('plan = pro', {}).readings[0]?.text).toBe('plan = pro');
  });

  it('offers only what the source can search for', () => {
    expect(order('0196e180-73bd-7b72-869b-35ee20bbbcd1', ['email', 'uid'])).toBe('uid');
    expect(order('anything', ['email'])).toBe('email');
    expect(order('https://shop.example/', ['email'])).toBe('');
  });

  it('refuses a value that no query accepts', () => {
    expect(order('x'.repeat(320))).toContain('uid');
    expect(order('x'.repeat(321))).toBe('');
    expect(order(`https://shop.example/${'x'.repeat(1000)}`)).toBe('page');
  });

  it('puts a platform’s own form first, once, and offers it for other sources', () => {
    const recognize = (text: string): Reading[] => (/^ses_/.test(text) ? [{ by: 'sessionId', text }] : []);
    const { readings } = read('ses_1', { recognize }, { id: 'two-source', recognize }, { id: 'three-source' });
    expect(readings.map(({ id, by }) => `${id} ${by}`)).toEqual([
      'one-source sessionId',
      'one-source uid',
      'one-source distinctId',
      'one-source email',
      'two-source sessionId',
    ]);
  });
});

describe('a pasted text', () => {
  const id = '0192c0de-0000-7000-8000-000000000001';
  const replay = 'a'.repeat(32);
  const link = (text: string) => {
    const { unconnected, isSessionLink } = recognizeText(text, [], { posthog, sentry });
    return isSessionLink ? unconnected?.kind : undefined;
  };

  it.each([
    [`<https://us.posthog.com/project/1/replay/${id}|watch it>`, 'posthog'],
    [`https://us.posthog.com/project/1/replay/playlists/AbC?sessionRecordingId=${id}`, 'posthog'],
    [
      `https://nam02.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://us.posthog.com/replay/${id}`)}&data=05`,
      'posthog',
    ],
    [`https://acme.sentry.io/issues/77/events/${replay}/?replayId=${replay}`, 'sentry'],
    [`https://sentry.shop.example/organizations/acme/replays/web:${replay}/`, 'sentry'],
    // Controls: other pages.
    [`https://posthog.shop.example/replay/${id}`, undefined],
    ['https://acme.sentry.io/issues/77/', undefined],
    [`https://shop.example/?url=${encodeURIComponent(`https://us.posthog.com/replay/${id}`)}`, undefined],
  ])('has a session’s link: %s', (text, kind) => {
    expect(link(text)).toBe(kind);
  });

  it.each([
    ['mailto:jane@example.com?subject=Help', 'email', 'jane@example.com'],
    ['<mailto:jane@example.com|jane@example.com>', 'email', 'jane@example.com'],
    ['Email: jane@example.com', 'email', 'jane@example.com'],
    [`session id: ${id}`, 'sessionId', id],
    [id.toUpperCase(), 'sessionId', id],
  ])('has a value: %s', (text, by, value) => {
    expect(read(text, {}).readings[0]).toMatchObject({ by, text: value });
  });
});

describe('a link', () => {
  const link = 'https://two.example/p/7/s/abc?t=12';

  it('belongs to the source with its address and settings, from any source', () => {
    const two = { id: 'two-source', origin: 'https://two.example' };
    const found = { id: 'two-source', by: 'sessionId', text: 'abc' };
    expect(read(link, {}, { ...two, project: '7' })).toEqual({ readings: [found], isSessionLink: true });
    expect(read(`<${link}>`, {}, { ...two, project: '7' }).readings).toEqual([found]);
    const inText = [
      'Replay: https://two.example/p/7/s/abc.',
      '[it](https://two.example/p/7/s/abc)',
      'two.example/p/7/s/abc',
    ];
    for (const text of [...inText, 'http://two.example/p/7/s/abc', `https://shop.example/ (${link})`]) {
      expect(read(text, {}, two).readings, text).toEqual([found]);
    }
    // The project wasn't entered: the key decides.
    expect(read(link, {}, two).readings).toEqual([found]);
    expect(read(link, {}, { id: 'two-source', origin: 'https://api.one.example' }).readings).toEqual([found]);
  });

  it('prefers the source in which it was pasted', () => {
    const [one, two] = [{ origin: 'https://two.example' }, { id: 'two-source', origin: 'https://two.example' }];
    expect(read(link, two, one).readings.map(({ id }) => id)).toEqual(['two-source', 'one-source']);
  });

  it('to another project or server offers to add that one', () => {
    const unconnected = { kind: 'posthog', origin: 'https://two.example', place: { project: '7' } };
    for (const other of [{}, { origin: 'https://two.example', project: '8' }]) {
      expect(read(link, other)).toEqual({ readings: [], unconnected, isSessionLink: true });
    }
  });

  it('to a source that can’t be searched by session finds nothing', () => {
    const found = read(link, { origin: 'https://two.example', search: ['email'] });
    expect(found).toEqual({ readings: [], isSessionLink: true });
  });

  it('with another path is only a page', () => {
    expect(read('https://two.example/p/7/s/', { origin: 'https://two.example' }).readings.map(({ by }) => by)).toEqual([
      'page',
    ]);
  });
});
