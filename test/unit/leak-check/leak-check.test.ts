import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import {
  createLeakCheck,
  createOriginalsCollector,
  joinOriginals,
  type Originals,
} from '../../../src-main/core/leak-check';
import { allowedBy } from '../../../src-main/core/export/allowed-by';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { gatePorts } from '../../../src-main/node/gate/ports';
import { plantedRecordings } from '../../helpers/planted-values';
import { readRecordingText, readSession, redactSession, toSession } from '../../helpers/redacted-session';
import { element, incremental, mutation, plugin, snapshot, startedAt, text } from '../redaction/small-page';

const bytesOf = (content: string): Uint8Array => new TextEncoder().encode(content);

function collect(session: readonly SessionEvent[]): Originals {
  const collector = createOriginalsCollector();
  for (const event of session) collector.add(event);
  return collector.finish();
}

function typed(value: string, id = 5): RecordedEvent[] {
  return [...value].map((_, index) =>
    incremental(5, { id, text: value.slice(0, index + 1), isChecked: false }, 1000 + index),
  );
}

function findsIn(events: RecordedEvent[], artifact: string): number {
  return createLeakCheck(collect(toSession(events)), gatePorts).check(bytesOf(artifact)).count;
}

const page = snapshot([element(5, 'input'), element(6, 'button', {}, [text(7, 'Place order')])]);

/** Encodings in which a value may be in a file. */
const encodings: Record<string, (value: string) => string> = {
  plain: (value) => value,
  'upper case': (value) => value.toUpperCase(),
  'a JSON string': (value) => JSON.stringify({ note: value }),
  'JSON in JSON': (value) => JSON.stringify(JSON.stringify({ note: value })),
  'unicode escapes': (value) =>
    [...value].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  percent: (value) => encodeURIComponent(value),
  'percent of every byte': (value) =>
    [...Buffer.from(value)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  'percent twice': (value) => encodeURIComponent(encodeURIComponent(value)),
  'a form': (value) => new URLSearchParams({ q: value }).toString(),
  'decimal entities': (value) => [...value].map((character) => `&#${character.codePointAt(0)};`).join(''),
  'hexadecimal entities': (value) =>
    [...value].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
  hex: (value) => Buffer.from(value).toString('hex'),
  base64: (value) => Buffer.from(value).toString('base64'),
  'base64 after one byte': (value) => Buffer.from(`x${value}y`).toString('base64'),
  'base64 after two bytes': (value) => Buffer.from(`xx${value}yy`).toString('base64'),
  base64url: (value) => Buffer.from(`{"n":"${value}"}`).toString('base64url'),
};

describe('a typed value', () => {
  it.each(Object.entries(encodings))('is found as %s', (_, encode) => {
    for (const value of [
      'Priya Raman',
      'priya.raman@harbor-example.com',
      'ABCPR1234K',
      'Ring twice, gate code 4417#',
      '+91 98200 12345',
    ]) {
      expect(findsIn([page, ...typed(value)], `before ${encode(value)} after`), value).toBeGreaterThan(0);
    }
  });

  it('is not found in a file without it', () => {
    expect(findsIn([page, ...typed('Priya Raman')], JSON.stringify(redactSession(toSession([page])).events))).toBe(0);
  });

  it('is found even if it was deleted again', () => {
    const deleted = [...typed('Priya Raman'), incremental(5, { id: 5, text: '', isChecked: false }, 5000)];
    expect(findsIn([page, ...deleted], 'by Priya Raman')).toBe(1);
  });

  it('is found with non-ASCII characters, composed or decomposed', () => {
    expect(findsIn([page, ...typed('Žofie Müller')], 'ŽOFIE MÜLLER')).toBe(1);
    expect(findsIn([page, ...typed('Žofie Müller')], 'Žofie Müller'.normalize('NFD'))).toBe(1);
  });

  it('is counted at each occurrence', () => {
    expect(findsIn([page, ...typed('ABCPR1234K')], 'ABCPR1234K, ABCPR1234K; ABCPR1234K')).toBe(3);
  });

  it('in a password field is found even if it is a plain word', () => {
    const secret = snapshot([element(5, 'input', { type: 'password' })]);
    expect(findsIn([secret, ...typed('correcthorse')], 'is correcthorse')).toBe(1);
    expect(findsIn([page, ...typed('correcthorse')], 'is correcthorse')).toBe(0);
  });
});

describe('a value in other formats and scripts', () => {
  it('is found with characters escaped by Markdown and Jira, and with a comment after an @', () => {
    expect(findsIn([page, ...typed('jane@acme.test')], String.raw`wrote to jane\@<!-- -->acme.test`)).toBe(1);
    expect(findsIn([page, ...typed('sk_test_4eC39Hq')], String.raw`key sk\_test\_4eC39Hq`)).toBe(1);
    expect(findsIn([page, ...typed('(415) 555-0132')], String.raw`call \(415\) 555\-0132`)).toBeGreaterThan(0);
  });

  it('is found with invisible characters, in UTF-16, in base64', () => {
    const wide = Buffer.from([...'(415) 555-0132'].join('\u200b'), 'utf16le').toString('base64');
    expect(findsIn([page, ...typed('(415) 555-0132')], `by ${wide}`)).toBeGreaterThan(0);
  });

  it.each(['\u200b', '\u2060', '\ufeff', '\u00ad'])(
    'is found as a Chinese address with invisible characters: %j',
    (unseen) => {
      const wide = Buffer.from([...'北京市朝阳区建国路80号'].join(unseen), 'utf16le').toString('base64');
      expect(findsIn([page, ...typed('北京市朝阳区建国路80号')], `by ${wide}`)).toBeGreaterThan(0);
    },
  );

  it('is found as a name in an unsegmented script, and by its hash, if no page text stays readable', () => {
    const collector = createOriginalsCollector(allowedBy(findPolicy('private-by-default')));
    for (const event of toSession([page, ...typed('李小明')])) collector.add(event);
    const check = createLeakCheck(collector.finish(), gatePorts);
    const [md5 = new Uint8Array()] = gatePorts.digestsOf('李小明');
    for (const artifact of ['<p>您好李小明先生</p>', Buffer.from(md5).toString('hex')])
      expect(check.check(bytesOf(artifact)).count, artifact).toBeGreaterThan(0);
  });

  it('is found as a short name in UTF-16 and base64, at any byte offset', () => {
    const collector = createOriginalsCollector(allowedBy(findPolicy('private-by-default')));
    for (const event of toSession([page, ...typed('赵志强'), ...typed('松本 翔太', 6)])) collector.add(event);
    const check = createLeakCheck(collector.finish(), gatePorts);
    for (const name of ['赵志强', '松本 翔太'])
      for (const before of ['', 'x', 'xy']) {
        const little = Buffer.from(name, 'utf16le');
        for (const wide of [little, Buffer.from(little).swap16()]) {
          const written = Buffer.concat([Buffer.from(before), wide]).toString('base64');
          expect(check.check(bytesOf(`by ${written}`)).count, `${name} behind ${before}`).toBeGreaterThan(0);
        }
      }
  });

  it('is found in compressed data with a file name, a second member or trailing data', () => {
    const packed = gzipSync('jane.doe@acme.example');
    const named = Buffer.concat([
      packed.subarray(0, 3),
      Buffer.from([8]),
      packed.subarray(4, 10),
      Buffer.from('a.txt\0'),
      packed.subarray(10),
    ]);
    for (const bytes of [
      Buffer.concat([packed, Buffer.from('redaction')]),
      Buffer.concat([gzipSync('the first'), packed]),
      Buffer.concat([deflateSync('the first'), deflateSync('jane.doe@acme.example')]),
      Buffer.concat([gzipSync('the first'), packed, Buffer.from('redaction')]),
      named,
    ])
      for (const artifact of [bytes.toString('base64'), bytes.toString('latin1')])
        expect(findsIn([page, ...typed('jane.doe@acme.example')], artifact)).toBeGreaterThan(0);
  });

  it('is found at the end of the file or of a sentence if it is short', () => {
    for (const artifact of ['code 700071', 'code 700071. Next'])
      expect(findsIn([page, ...typed('700071')], artifact), artifact).toBeGreaterThan(0);
  });

  it.each(['57f-a', '5\u200d7\u2060F\u00ad-\u202eA', '\\u002'])(
    'is not found in a part of an id or an escape: %j',
    (value) => {
      const clean = '{"id":"019bf0c9-d601-557f-a21c-fc9622c8f4d0","text":"a \\u0026 b"}';
      expect(findsIn([page, ...typed(value)], clean)).toBe(0);
      expect(findsIn([page, ...typed(value)], `{"text":${JSON.stringify(value)}}`)).toBeGreaterThan(0);
    },
  );

  it('is not found in a part of an id if it has few hexadecimal digits', () => {
    const id = '{"id":"59e6beba-074b-59ed-b320-a9815d380ecc"}';
    expect(findsIn([page, ...typed('e6beb')], id)).toBe(0);
    expect(findsIn([page, ...typed([...'e6beb'].join('\u200d'))], id)).toBe(0);
    expect(findsIn([page, ...typed('E\u03236')], id)).toBe(0);
    expect(findsIn([page, ...typed('e6beb')], 'in room e6beb, today')).toBe(1);
  });
});

describe('numbers', () => {
  it.each(['4012 8888 8888 1881', '4012-8888-8888-1881', '4012888888881881', '4012.8888.8888.1881'])(
    'of a card are found as %s',
    (written) => {
      expect(findsIn([page, ...typed('4012 8888 8888 1881')], `card ${written}.`)).toBeGreaterThan(0);
      const logged = plugin('rrweb/console@1', { level: 'log', trace: [], payload: ['"4012888888881881"'] });
      expect(findsIn([logged], `card ${written}.`)).toBeGreaterThan(0);
    },
  );

  it.each([
    '2001:db8:77:113b::213b',
    'fe80::a1b2:c3d4',
    '2001:0db8:0077:113b:0000:0000:0000:213b',
    '::ffff:198.18.7.9',
  ])('of an IP address are found as %s', (address) => {
    const logged = plugin('rrweb/console@1', { level: 'log', trace: [], payload: [JSON.stringify(`from ${address}`)] });
    expect(findsIn([logged], `by ${address.toUpperCase()}, today`)).toBeGreaterThan(0);
  });

  it.each(['10:51:48', 'a::before', '::1', 'std::fs', '1:2:3:4:5:6:7:8', '12:34:56:78:90'])(
    'with colons that are not an IP address are ignored: %s',
    (text) => {
      const logged = plugin('rrweb/console@1', {
        level: 'log',
        trace: [],
        payload: [JSON.stringify(`at ${text} of it`)],
      });
      expect(findsIn([logged], `{"at":"${text}"}`)).toBe(0);
    },
  );

  it('in phone numbers and keys, handles, and the hash of a complete text are found on pages that are not readable', () => {
    const shown = [
      '01 56 06 52 69',
      '06.29.11.85.85',
      'AKIAZQBTVGMQ7ZWK2MXB',
      'Zqbmlmv!2207x',
      '@harbourjane',
      'DE20 0385 5219 8210 1297 81',
    ];
    const body = shown.map((value, index) => element(20 + 2 * index, 'p', {}, [text(21 + 2 * index, value)]));
    const collector = createOriginalsCollector(allowedBy(findPolicy('private-by-default')));
    for (const event of toSession([snapshot(body)])) collector.add(event);
    const check = createLeakCheck(collector.finish(), gatePorts);
    for (const value of shown) {
      expect(check.check(bytesOf(`is ${value}, yes`)).count, value).toBeGreaterThan(0);
      const [md5 = new Uint8Array()] = gatePorts.digestsOf(value);
      expect(check.check(bytesOf(`by ${Buffer.from(md5).toString('hex')}`)).count, value).toBeGreaterThan(0);
    }
  });

  it('do not include at-rules and package scopes as handles', () => {
    const shown = ['@media', '@font-face', '@casement/core'];
    const body = shown.map((value, index) => element(20 + 2 * index, 'p', {}, [text(21 + 2 * index, value)]));
    const collector = createOriginalsCollector(allowedBy(findPolicy('private-by-default')));
    for (const event of toSession([snapshot(body)])) collector.add(event);
    const check = createLeakCheck(collector.finish(), gatePorts);
    for (const value of shown) expect(check.check(bytesOf(`${value}{`)).count, value).toBe(0);
  });

  it('that are short are found only as a complete value', () => {
    expect(findsIn([page, ...typed('42.50')], '{"value":"42.50"}')).toBe(1);
    expect(findsIn([page, ...typed('42.50')], '{"d":"M142.508 0"}')).toBe(0);
  });

  it('in the time of the session are not private', () => {
    const day = new Date(startedAt).toISOString().slice(0, 10);
    expect(findsIn([page, ...typed(day)], `made on ${day}`)).toBe(0);
    expect(findsIn([page, ...typed('1990-04-12')], 'born 1990-04-12')).toBe(1);
    const called = plugin('rrweb/network@1', { requests: [{ name: `https://shop.test/?at=${startedAt + 5}` }] });
    expect(findsIn([called, page], JSON.stringify({ timestamp: startedAt + 5 }))).toBe(0);
  });
});

describe('the declaration of a viewport or a colour scheme', () => {
  const find = (content: string): number => {
    const head = snapshot([element(5, 'meta', { content })]);
    const collector = createOriginalsCollector(allowedBy(findPolicy('everything-hidden')));
    for (const event of toSession([head])) collector.add(event);
    return createLeakCheck(collector.finish(), gatePorts).check(bytesOf(`<meta content="${content}">`)).count;
  };

  it.each([
    'width=device-width, initial-scale=1',
    'width=device-width,initial-scale=1.0;viewport-fit = cover',
    'light dark',
  ])('is not private, since exports have one as well: %s', (content) => {
    expect(find(content)).toBe(0);
  });

  it('is private with anything else in it (control)', () => {
    expect(find('width=device-width, initial-scale=1, Wiebke Oltmanns')).toBe(1);
  });
});

describe('the name of a plugin', () => {
  const find = (name: string): number => {
    const options: RecordedEvent = {
      type: 5,
      data: { tag: '$session_options', payload: { activePlugins: [name] } },
      timestamp: startedAt,
    };
    const collector = createOriginalsCollector(allowedBy(findPolicy('everything-hidden')));
    for (const event of toSession([page, options])) collector.add(event);
    return createLeakCheck(collector.finish(), gatePorts).check(bytesOf(JSON.stringify({ plugin: name }))).count;
  };

  it.each(['rrweb/console@1', 'rrweb/network@1'])('is not private if its events are in exports: %s', (name) => {
    expect(find(name)).toBe(0);
  });

  it('is private otherwise (control)', () => {
    expect(find('oltmanns/console@1')).toBe(1);
  });
});

describe('a request', () => {
  const request = {
    name: 'https://shop.test/api?user=priya.raman%40harbor-example.com&card=4012888888881881',
    requestHeaders: {
      authorization: 'Bearer tok_test_0000',
      cookie: 'sid=9f8e7d6c5b; theme=dark',
      'x-session': 'sess_9f8e7d6c',
      accept: 'text/html0123',
    },
    requestBody: JSON.stringify({ user: { name: 'Priya Raman' }, note: 'gate 4417', message: 'Payment failed' }),
    responseBody: 'token=abc123def456&ok=true',
  };
  const sent = [plugin('rrweb/network@1', { requests: [request] })];

  it.each([
    'tok_test_0000',
    '9f8e7d6c5b',
    'sess_9f8e7d6c',
    'Priya Raman',
    'gate 4417',
    'abc123def456',
    'priya.raman@harbor-example.com',
  ])('contains private value: %s', (value) => {
    expect(findsIn(sent, `<p>${value}</p>`)).toBeGreaterThan(0);
  });

  it.each(['text/html0123', 'Payment failed', 'dark', 'true'])('contains public value: %s', (value) => {
    expect(findsIn(sent, `<p>${value}</p>`)).toBe(0);
  });
});

describe('plain words', () => {
  it('that the page showed before they were typed are not private', () => {
    expect(findsIn([page, ...typed('Place order')], 'clicked “Place order”')).toBe(0);
  });

  it('that the page repeats after they were typed are private', () => {
    const echo = mutation({ texts: [{ id: 7, value: 'Garden Gnome' }] }, 3000);
    expect(findsIn([page, ...typed('Garden Gnome'), echo], 'clicked “Garden Gnome”')).toBe(1);
  });
});

describe.each(plantedRecordings)('$file', ({ file }) => {
  const originals = collect(readSession(file));
  const check = createLeakCheck(originals, gatePorts);

  it.each(['private-by-default', 'incident', 'everything-hidden'])('passes the gate under %s', (name) => {
    const { events } = redactSession(readSession(file), findPolicy(name));
    expect(check.check(bytesOf(JSON.stringify(events))).count).toBe(0);
  });

  it('does not pass unredacted', () => {
    expect(check.check(bytesOf(readRecordingText(file))).count).toBeGreaterThan(20);
  });

  it('does not pass with any of its values reinserted, in any encoding', () => {
    const clean = JSON.stringify(redactSession(readSession(file)).events.slice(0, 3));
    const missed = originals.texts.flatMap((value) =>
      Object.entries(encodings)
        .filter(([name]) => name !== 'upper case' || /^[\x20-\x7e]*$/.test(value))
        .filter(
          ([, encode]) =>
            check.check(bytesOf(`${clean.slice(0, 200)} ${encode(value)} ${clean.slice(-200)}`)).count === 0,
        )
        .map(([name]) => name),
    );
    expect(missed).toEqual([]);
  });
});

describe('the gate', () => {
  it('finds the originals of all its sessions', () => {
    const both = joinOriginals([
      collect(toSession([page, ...typed('ABCPR1234K')])),
      collect(toSession([page, ...typed('hunter2pw')])),
    ]);
    expect(createLeakCheck(both, gatePorts).check(bytesOf('ABCPR1234K and hunter2pw')).count).toBe(2);
  });

  it('passes everything if there are no originals', () => {
    expect(createLeakCheck({ texts: [], leaves: [] }, gatePorts).check(bytesOf('ABCPR1234K')).count).toBe(0);
  });

  it('never throws for invalid events or bytes', () => {
    const deep: unknown[] = [];
    let inner = deep;
    for (let depth = 0; depth < 100_000; depth++) inner.push((inner = []));
    const odd = [null, 5, 'x', deep, { attributes: null, id: {} }].map((data) => ({ type: 3, data, timestamp: NaN }));
    expect(() => collect(toSession(odd))).not.toThrow();
    expect(
      createLeakCheck(collect(toSession([page, ...typed('ABCPR1234K')])), gatePorts).check(
        new Uint8Array([0, 1, 0x25, 0x5c, 0x26]),
      ).count,
    ).toBe(0);
  });
});
