import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { isRecord, listOf } from '../../../src-main/core/recording/json';
import { findPolicy, parsePolicy } from '../../../src-main/core/redaction/policy';
import { privacyMarkers } from '../../../src-main/core/redaction/selectors/privacy-markers';
import { fixturePath } from '../../helpers/fixtures';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { element, mutation, snapshot, text } from './small-page';

function read(name: string): RecordedEvent[] {
  return JSON.parse(readFileSync(fixturePath(`redaction/${name}.json`), 'utf8')) as RecordedEvent[];
}

const { times } = findPolicy('private-by-default');

/** Returns the redacted events and the timeline of a recording in `test/fixtures/redaction`. */
async function exported(name: string, policy: string): Promise<{ events: RecordedEvent[]; text: string }> {
  const session = toSession(read(name));
  const own = policy === 'own' ? { ...parsePolicy(read(`${name}.policy`)), times } : findPolicy(policy);
  const startedAt = session[0]?.event.timestamp ?? 0;
  const prepared = await prepareExport(session, { policy: own, notes: [], startedAt });
  const events: RecordedEvent[] = [];
  for await (const { event } of prepared.recording.events()) events.push(event);
  return { events, text: JSON.stringify([events, prepared.entries, prepared.report]) };
}

/** Returns the element and the position of every pointer event. */
function pointings(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ data }) => {
    if (!isRecord(data)) return [];
    const places = data.source === 2 ? [data] : listOf(data.positions).filter(isRecord);
    return places.map(({ id, x, y }) => `${String(id)} ${String(x)} ${String(y)}`);
  });
}

/** Returns a page with one element, redacted. */
function redactedElement(tag: string, attributes: object): string {
  const session = toSession([snapshot([element(9, tag, attributes)])]);
  return JSON.stringify(redactSession(session, findPolicy('internal')).events);
}

describe('numbers of a page', () => {
  it.each([
    [
      'own-card',
      { size: '8352', start: '8352', opacity: '8352', 'font-size': '8352', values: '8352 8352', cx: '8352' },
    ],
    ['p', { cx: '8352', points: '8352,8352', rotate: '8352', order: '8352' }],
    ['p', { style: '--a: 8352; --b: 8 3 5 2; --c: 83.52; counter-set: x 8352; z-index: 8352' }],
    ['p', { style: '--a: calc(8352); --b: (8352)' }],
    ['path', { d: 'M83.528352 0' }],
  ])('don’t stay to the digit in %s %j', (tag, attributes) => {
    const text = redactedElement(tag, attributes);
    expect(text).not.toMatch(/8352|8 3 5 2|83\.52\d|--v\d+:83/);
  });

  it('keep what a layout needs', () => {
    const style =
      'z-index: 1050; line-height: 1.4286; width: 33.3333%; --rgb: 13 110 253; --gap: 1.5rem; opacity: 0.125';
    const text = redactedElement('p', { style });
    for (const part of ['1050', '1.429', '33.33%', '13 110 253', '1.5rem', '0.125']) expect(text).toContain(part);
    expect(redactedElement('path', { d: 'M1.25-3.5a1 1 0 01.5.5z' })).toContain('M1.25-3.5a1 1 0 01.5.5z');
  });
});

describe('marks for recorders', () => {
  const marked = [
    ...privacyMarkers.classes.map((name) => ({ class: `card ${name}` })),
    ...privacyMarkers.attributes.map((name) => ({ [name]: name === 'data-dd-privacy' ? 'hidden' : '' })),
  ];
  const page = [
    snapshot(marked.map((own, index) => element(10 + 2 * index, 'h2', own, [text(11 + 2 * index, 'Save')]))),
  ];

  it.each(['private-by-default', 'readable', 'internal', 'everything-hidden', 'incident'])(
    'mask what they mark under %s',
    (policy) => {
      const { events } = redactSession(toSession(page), findPolicy(policy));
      expect(JSON.stringify(events)).not.toContain('Save');
    },
  );

  it('mask an element from the moment it gets one, and not one whose mark is taken back', () => {
    const events = [
      snapshot([
        element(10, 'h2', {}, [text(11, 'Save')]),
        element(12, 'h2', { 'data-dd-privacy': 'allow', 'data-clarity-mask': 'false', class: 'mask' }, [
          text(13, 'Back'),
        ]),
      ]),
      mutation({ attributes: [{ id: 10, attributes: { class: 'ph-no-capture' } }] }),
    ];
    const redacted = redactSession(toSession(events), findPolicy('internal')).events.map(({ event }) => event);
    expect(JSON.stringify(redacted[0])).toContain('Back');
    expect(JSON.stringify(redacted[1])).toMatch(/"id":11,"value":"•+"/);
  });
});

describe('the recordings of side channels', () => {
  it.each(['private-by-default', 'readable', 'internal', 'everything-hidden'])(
    'show no key of a keypad, no stroke and no dot under %s',
    async (policy) => {
      for (const name of [
        '03-keypad-with-letters-under-the-digits',
        '05-keypad-own-elements',
        '07-signature-pad',
        '08-pattern-lock',
      ]) {
        const { events } = await exported(name, policy);
        expect(new Set(pointings(events)).size, name).toBeLessThanOrEqual(1);
      }
    },
  );

  it('show no change beside a visited field because a policy has a pattern', async () => {
    const name = '13-own-pattern-opens-the-surroundings';
    const [own, usual] = [await exported(name, 'own'), await exported(name, 'private-by-default')];
    expect(own.events).toEqual(usual.events);
  });

  it.each(['10-report-tells-the-number-of-keys', '16-calls-logs-and-events-for-each-key'])(
    'are equal for secrets of different lengths, with the report: %s',
    async (name) => {
      for (const policy of ['private-by-default', 'readable', 'internal', 'everything-hidden']) {
        const [one, other] = [await exported(`${name}-a`, policy), await exported(`${name}-b`, policy)];
        expect(other.text, policy).toBe(one.text);
      }
    },
  );

  it.each([
    ['18-berliner-strasse', ['Berliner', '10115', 'Frankfurter'], ['readable', 'internal']],
    ['19-typed-value-in-another-form', ['23.08.1979', '5415', '12,480.55', 'Hidradenitis'], ['readable', 'internal']],
    ['20-short-typed-values', ['CVC 417'], ['readable', 'internal']],
    ['34-privacy-markers', ['Hidradenitis', 'Quellbrunn'], ['readable', 'internal', 'private-by-default']],
    ['11-typed-prefix-in-a-heading', ['Ottolin', 'Otto', 'Vras'], ['readable', 'internal']],
    [
      '14-typed-into-a-drawn-editor',
      ['my pass', 'pass is', 'is open', 'open order'],
      ['private-by-default', 'readable', 'internal'],
    ],
    [
      '15-letter-in-lines-beats-the-15-word-rule',
      ['lost my', 'my child', 'my phone', 'my account'],
      ['private-by-default'],
    ],
  ])('show no text of %s', async (name, values, policies) => {
    for (const policy of policies) {
      const { text } = await exported(name, policy);
      for (const value of values) expect(text, `${value} under ${policy}`).not.toContain(value);
    }
  });

  it.each([
    ['01-geometry-attribute-holds-a-card', ['4929', '8876', '1979', '7781234', '48.1987', '16.2649']],
    [
      '02-css-numbers-hold-a-pin-zip-coordinates',
      ['8352', '11407', '1979', '48.1', '16.2', 'violet', 'brown', '12480'],
    ],
  ])('show no number of %s', async (name, values) => {
    for (const policy of ['private-by-default', 'readable', 'internal', 'everything-hidden']) {
      const { text } = await exported(name, policy);
      for (const value of values) expect(text.toLowerCase(), `${value} under ${policy}`).not.toContain(value);
    }
  });
});
