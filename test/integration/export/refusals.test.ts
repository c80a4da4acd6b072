import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src-main/contract/errors';
import type { Note } from '../../../src-main/contract/note';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { prepareExport, type PreparedExport } from '../../../src-main/core/export/prepare';
import { Repairs, withRepair } from '../../../src-main/core/export/repair';
import { findPolicy, shippedPolicies } from '../../../src-main/core/redaction/policy';
import { gateFor, renderTimeline } from '../../../src-main/node/export/write-export';
import { redactedRecording } from '../../canary/exports';
import { casement } from '../../helpers/command-line';
import { fixturePath } from '../../helpers/fixtures';
import { toSession } from '../../helpers/redacted-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const policies = shippedPolicies.map(({ name }) => name);
const startedAt = 1_795_441_230_000;

interface Content {
  href?: string;
  /** Headings, which the policy `readable` keeps. */
  headings?: string[];
  typed?: string[];
  type?: string;
  style?: string;
  requests?: object[];
  payload?: object;
}

/** Creates a recording of a page with headings, fields and a style, with requests, a custom event and typed values. */
function recordingOf(content: Content): RecordedEvent[] {
  const { href = 'https://app.portal.example/orders', headings = [], typed = [], type = 'text', style = '' } = content;
  let id = 10;
  const element = (tagName: string, attributes: object, text?: string): object => ({
    type: 2,
    id: id++,
    tagName,
    attributes,
    childNodes: text === undefined ? [] : [{ type: 3, id: id++, textContent: text }],
  });
  const body = [
    element('div', { style }),
    element('style', {}, `.box{${style}}`),
    ...headings.map((text) => element('h2', {}, text)),
  ];
  const fields = typed.map((value) => {
    const fieldId = id;
    return { id: fieldId, value, node: element('input', { type }) };
  });
  const tree = (tagName: string, nodeId: number, childNodes: object[]): object => ({
    type: 2,
    id: nodeId,
    tagName,
    attributes: {},
    childNodes,
  });
  const page = tree('html', 2, [tree('head', 3, []), tree('body', 4, [...body, ...fields.map(({ node }) => node)])]);
  let timestamp = startedAt;
  const event = (kind: number, data: object): RecordedEvent => ({ type: kind, data, timestamp: (timestamp += 100) });
  return [
    { type: 4, data: { href, width: 1280, height: 800 }, timestamp },
    event(2, { node: { type: 0, id: 1, childNodes: [page] }, initialOffset: { top: 0, left: 0 } }),
    event(6, {
      plugin: 'rrweb/network@1',
      payload: {
        requests: (content.requests ?? []).map((request) => ({ method: 'GET', status: 200, duration: 31, ...request })),
      },
    }),
    event(5, { tag: 'action', payload: content.payload ?? {} }),
    ...fields.flatMap((field) => [
      event(3, { source: 2, type: 5, id: field.id }),
      event(3, { source: 5, id: field.id, text: field.value, isChecked: false }),
      event(3, { source: 2, type: 6, id: field.id }),
    ]),
  ];
}

function prepare(
  content: Content,
  policy: string,
  repairs = new Repairs(),
  notes: Note[] = [],
): Promise<PreparedExport> {
  const options = { policy: findPolicy(policy), notes, startedAt, literals: repairs.literals };
  return prepareExport(toSession(recordingOf(content)), options);
}

const facts = { title: 'Recorded session', software: 'Casement', policy: '', generatedAt: '2026-11-23T10:00:00.000Z' };

/** Returns the finished bytes of a recording and of its timelines, checked by the gate. Throws leak-refused. */
async function write(prepared: PreparedExport, finds?: Repairs): Promise<string> {
  const gate = gateFor([prepared], { finds });
  const recording = await redactedRecording(prepared);
  gate(recording, 'recording');
  const timelines = (['html', 'jsonl', 'md', 'ecs'] as const).map((format) =>
    Buffer.from(renderTimeline(format, prepared, facts, { finds })).toString(),
  );
  return [recording.toString(), ...timelines].join('\n');
}

/** The CSS, and the values that hold the same. */
const css =
  'color:#8f0000;width:120px;background:rgba(0, 0, 0, 0.5);background-image:linear-gradient(90deg, #8f0000 0%, #333333 100%);margin:12px 24px;z-index:12345;display:inline-flex;border-color:#123456';

/** Constants and addresses that every export contains. */
const harmless: Readonly<Record<string, Content>> = {
  'values of style sheets': {
    style: css,
    typed: [
      '#8f0000',
      '8f0000',
      '120px',
      'rgba(0, 0, 0, 0.5)',
      'linear-gradient(90deg, #8f0000 0%, #333333 100%)',
      '12px 24px',
      'Violet',
      'transparent',
      'inline-flex',
      '333333',
      '#333333',
      '12345',
      '123456',
    ],
    requests: [{ name: 'https://api.portal.example/x', responseBody: { a: '#8f0000', w: '120px', hex: '8f0000' } }],
  },
  'a password that is a keyword': { style: 'color:transparent', type: 'password', typed: ['transparent', 'normal'] },
  'names of headers and their constants': {
    typed: ['content-type', 'application/json', 'no-cache, no-store', 'POST', 'en-US', 'utf-8'],
    requests: [
      {
        name: 'https://api.portal.example/orders',
        method: 'POST',
        initiatorType: 'xmlhttprequest',
        requestHeaders: {
          'x-requested-with': 'XMLHttpRequest',
          'x-initiator': 'xmlhttprequest',
          'x-frame-options': 'SAMEORIGIN',
          'x-matched-path': '/orders',
          'x-origin': 'https://api.portal.example',
          'x-accept': 'application/json, text/plain, */*',
        },
      },
    ],
  },
  'names of interfaces, events and errors': {
    typed: ['HTMLDivElement', 'MouseEvent', 'TypeError', 'keydown', 'textContent', 'Range'],
    payload: { name: 'TypeError', user_name: 'pointerdown', owner: 'resource' },
  },
  'Casement’s own words and names': {
    typed: ['Recorded session', 'Session', 'Page', 'window-1', 'EMAIL-1', 'c1', 'Severity', 'timestamp', 'message'],
    headings: ['Page', 'Session'],
  },
  'quotes around interface words': {
    headings: ["Click 'Save' to continue", '“Order details”', 'It’s saved', 'Don’t save', '‘Save’', 'Save this ﬁle'],
    typed: ["'Save'", 'It’s saved'],
  },
  'routes of interface words': {
    href: 'https://app.portal.example/orders/new',
    typed: ['/orders/new', 'orders/new', 'https://app.portal.example/orders/new'],
  },
  'a local address': {
    href: 'http://localhost:8001/orders',
    typed: [
      'localhost:8001',
      'HTTP://LOCALHOST:8001',
      'http://localhost:8001/orders',
      'Endpoint http://localhost:8001 failed',
      'http%3A%2F%2Flocalhost%3A8001%2F',
      'aHR0cDovL2xvY2FsaG9zdDo4MDAx',
      'http:\\/\\/localhost:8001',
    ],
    requests: [{ name: 'https://t.portal.example/e?ref=http%3A%2F%2Flocalhost%3A8001%2F' }],
  },
  'an address with digits, www and a port': {
    href: 'https://www.shop1.example/account',
    typed: [
      'shop1.example',
      'www.shop1.example:443',
      'https://shop1.example:8443/',
      'https://www.shop1.example/account',
    ],
  },
  'an address in punycode': {
    href: 'https://xn--bcher1-3ya.example/',
    typed: ['xn--bcher1-3ya.example', 'https://bücher1.example', 'https://xn--bcher1-3ya.example:444'],
  },
  'the address of a computer': {
    href: 'http://127.0.0.1:5173/settings',
    typed: ['127.0.0.1:5173', 'http://127.0.0.1:5173/settings'],
  },
};

describe.each(policies)('under %s', (policy) => {
  it.each(readdirSync(fixturePath('refusals')))('exports %s in every form, and masks nothing more', async (name) => {
    const folder = await makeTempFolder();
    const [file, out] = [fixturePath(`refusals/${name}`), (ending: string) => join(folder, `x.${ending}`)];
    for (const command of [
      ['redact', file, '--out', out('json')],
      ['pack', file, '--out', out('casement')],
      ...['html', 'md', 'replay-html'].map((format) => ['timeline', file, '--format', format, '--out', out('html')]),
    ]) {
      const { code, stderr } = await casement(...command, '--policy', policy);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('after the check') as string });
    }
  });

  it.each(Object.entries(harmless))('searches for no %s', async (_, content) => {
    await expect(write(await prepare(content, policy))).resolves.toBeTypeOf('string');
  });

  it('hides the value of a query wherever it stands', async () => {
    const secrets = ['Annual figures 2026', 'AB-2047-X', 'Vraszkovic', 'ottoline-vraszkovic'];
    const query = new URLSearchParams(secrets.map((secret, index) => [`k${index}`, secret])).toString();
    const headings = [...secrets.map((secret) => `See ${secret}`), 'Settings'];
    const prepared = await prepare({ headings, requests: [{ name: `https://api.portal.example/s?${query}` }] }, policy);
    const written = await write(prepared);
    for (const secret of secrets) expect(written).not.toContain(secret);
  });
});

it('keeps plain words of queries and addresses of the site readable', async () => {
  const headings = ['Settings for billing', 'Server localhost:8001'];
  const requests = [{ name: 'http://localhost:8001/s?tab=billing&sort=created_at&page=12&of=http://localhost:8001/' }];
  const content = { href: 'http://localhost:8001/', headings, requests, typed: ['localhost:8001'] };
  const written = await write(await prepare(content, 'readable'));
  for (const heading of headings) expect(written).toContain(heading);
});

it.each([
  ['a private route of the site', 'http://localhost:8001/users/ottoline'],
  ['a query of the site', 'http://localhost:8001/?who=ottoline'],
  ['another site', 'http://server7.example:8001'],
  ['an order number with a hash', '#471100'],
  ['a code in hexadecimal', '8f00a1'],
  ['a code beside constants', 'text/html AB-2047-X'],
  ['a capitalised keyword', 'Violet'],
])('control: still finds %s', async (_, typed) => {
  const prepared = await prepare({ href: 'http://localhost:8001/', typed: [typed], style: css }, 'private-by-default');
  const gate = gateFor([prepared]);
  expect(() => gate(Buffer.from('[{"textContent":"nothing"}]'), 'recording')).not.toThrow();
  expect(() => gate(Buffer.from(JSON.stringify([{ textContent: typed }])), 'recording')).toThrow('leak-refused');
});

describe('a refusal', () => {
  const email = 'ottoline.v@brevvimail.example';
  const leaking: Content = {
    typed: [email],
    headings: ['Write to ottoline.v%40brevvimail.example', 'b3R0b2xpbmUudkBicmV2dmltYWlsLmV4YW1wbGU='],
  };

  it('repairs itself with one more redaction, and the report says so without the values', async () => {
    let attempts = 0;
    const { written, report } = await withRepair(async (repairs) => {
      attempts++;
      const prepared = await prepare(leaking, 'readable', repairs);
      return { written: await write(prepared, repairs), report: prepared.report };
    });
    expect(attempts).toBe(2);
    expect(report.repaired).toEqual({ text: 1 });
    expect(written).toContain('Masked after the check');
    expect(written).toContain('Write to');
    for (const text of ['brevvimail', 'b3R0b2xpbmU']) expect(written).not.toContain(text);
  });

  it('control: stands without the repair', async () => {
    await expect(prepare(leaking, 'readable').then((prepared) => write(prepared))).rejects.toThrow('leak-refused');
  });

  it('ends with an error that does not contain the value, if the value is still there', async () => {
    let attempts = 0;
    const writing = withRepair(async (repairs) => {
      attempts++;
      return write(await prepare(leaking, 'readable'), repairs);
    });
    const error: unknown = await writing.catch((thrown: unknown) => thrown);
    expect(hasCode(error, 'leak-refused')).toBe(true);
    expect(JSON.stringify(error)).not.toContain('brevvimail');
    // The second attempt finds nothing new to hide.
    expect(attempts).toBe(2);
  });

  it('says what was found, where and when', async () => {
    const prepared = await prepare({ typed: [email], headings: ['Hello', 'Orders'] }, 'internal');
    const events = JSON.parse((await redactedRecording(prepared)).toString()) as RecordedEvent[];
    const written = JSON.stringify(events).replace('"Orders"', JSON.stringify(`To ${email}`));
    const refuse = (): void => gateFor([prepared])(Buffer.from(written), 'recording');
    expect(refuse).toThrow('leak-refused');
    try {
      refuse();
    } catch (error) {
      const details = { part: 'recording', kind: 'email', session: 1, atMs: 100, element: 'h2' };
      expect(error).toMatchObject({ details });
      expect(JSON.stringify(error)).not.toContain(email);
    }
  });

  it('isn’t needed for the user’s own text, in which private values are masked at once', async () => {
    const notes: Note[] = [{ id: 'n1', atMs: 300, text: `Call ${email} back` }];
    let attempts = 0;
    const writing = withRepair(async (repairs) => {
      attempts++;
      return write(await prepare({ typed: [email] }, 'private-by-default', repairs, notes), repairs);
    });
    expect(await writing).not.toContain(email);
    expect(attempts).toBe(1);
  });

  it('repairs what the command line writes', async () => {
    const folder = await makeTempFolder();
    const file = join(folder, 'recording.json');
    await writeFile(file, JSON.stringify(recordingOf(leaking)));
    for (const [ending, ...command] of [
      ['json', 'redact'],
      ['casement', 'pack'],
      ['html', 'timeline', '--format', 'replay-html'],
    ] as const) {
      const out = join(folder, `out.${ending}`);
      const { code, stderr } = await casement(...command, file, '--out', out, '--policy', 'readable');
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('masked after the check') as string,
      });
      expect((await readFile(out)).includes('brevvimail')).toBe(false);
    }
  });
});
