import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src-main/contract/policy';
import type { RecordedEvent, SessionEvent } from '../../../../src-main/contract/recorded-event';
import { isRecord, listOf } from '../../../../src-main/core/recording/json';
import { createEntityCollector } from '../../../../src-main/core/redaction/entities';
import { intersectPolicies, parsePolicy, shippedPolicies } from '../../../../src-main/core/redaction/policy';
import { createRedactor } from '../../../../src-main/core/redaction/redact';
import { toSession } from '../../../helpers/redacted-session';
import { SeededRandom } from '../../../helpers/seeded-random';
import { drawSecret, shapes, visit } from '../secret-visit';
import { element, mutation, snapshot, startedAt, text } from '../small-page';

/** The length of a run at full length is 2000. */
const pairs = Number(process.env.CASEMENT_PAIRS ?? 200);
const seed = Number(process.env.CASEMENT_SEED ?? Math.floor(Date.now() % 1_000_000));

const maybe = <T>(random: SeededRandom, ...values: T[]): T[] => values.filter(() => random.below(2) === 0);

/** Returns a policy with random rules. */
function drawPolicy(random: SeededRandom): Policy {
  const base = random.pick(shippedPolicies);
  return parsePolicy({
    ...base,
    name: `drawn-${random.below(1000)}`,
    words: random.pick(['interface', 'none']),
    allowWords: maybe(random, 'Zorblax', 'Quibble', 'weak'),
    exclude: maybe(random, '.card', 'small'),
    mask: [...base.mask, ...maybe(random, '.pad', 'main', '.q')],
    unmask: random.pick([[], base.unmask, ['main'], ['form'], ['*']]),
    patterns: maybe(
      random,
      { name: 'order', kind: 'own', pattern: 'ORD-\\d+' },
      { name: 'word', kind: 'person', pattern: 'val[a-z]+', ignoreCase: true },
    ),
    console: { text: random.pick(['none', 'words', 'detected']), trace: 'none' },
  });
}

/** A page whose texts change beside a field, while it is visited and later. */
function drawSession(random: SeededRandom): RecordedEvent[] {
  const secret = drawSecret(random);
  const parts = Array.from({ length: 1 + random.below(3) }, () => random.pick(shapes));
  if (random.below(2) === 0) return visit(parts, secret);
  const words = ['weak', 'Order', 'ORD-471', 'Valid', 'Zorblax', 'Quibble', '••', '12 of 16', 'mail@shop.test'];
  const hints = [12, 15].map((id) => element(id - 1, 'span', { class: id === 12 ? 'q' : '' }, [text(id, 'Required')]));
  const typed = [...secret.value].map((_, index) => secret.value.slice(0, index + 1));
  return [
    snapshot([
      element(8, 'div', {}, [element(9, 'input', { type: 'password' }), ...hints]),
      element(20, 'main', {}, [text(21, 'Welcome'), element(22, 'b', {}, [text(23, 'back')])]),
    ]),
    { type: 3, data: { source: 2, type: 5, id: 9 }, timestamp: startedAt + 500 },
    ...typed.flatMap((value, index): RecordedEvent[] => [
      { type: 3, data: { source: 5, id: 9, text: value, isChecked: false }, timestamp: startedAt + 600 + index * 90 },
      mutation({ texts: [{ id: random.pick([12, 15]), value: random.pick(words) }] }, 610 + index * 90),
    ]),
    { type: 3, data: { source: 2, type: 6, id: 9 }, timestamp: startedAt + 9000 },
    ...Array.from({ length: 6 }, (_, index) =>
      mutation({ texts: [{ id: random.pick([12, 15, 21, 23]), value: random.pick(words) }] }, 10_000 + index * 300),
    ),
  ];
}

interface Shown {
  words: Set<string>;
  /** The moments at which a text changed while the user was in a field: the rhythm of typing. */
  moments: Set<number>;
}

/** Numbered names, and words that stand for something hidden. */
const names = /^(?:-*[a-z]{1,3}(?:-[a-z]{1,3})?\d+|seg|x|OTHER|custom)$/;

/** Returns what an export shows: readable words, and when texts changed during a visit. */
function show(session: readonly RecordedEvent[], policy: Policy): Shown {
  const collector = createEntityCollector();
  const events = toSession(session);
  for (const event of events) collector.add(event);
  const redactor = createRedactor(policy, { startedAt, entities: collector.finish() });
  const shown: Shown = { words: new Set(), moments: new Set() };
  const read = (value: unknown): void => {
    if (typeof value === 'string')
      for (const word of value.match(/[\p{L}\p{N}-]+/gu) ?? []) if (!names.test(word)) shown.words.add(word);
    if (Array.isArray(value)) value.forEach(read);
    else if (isRecord(value)) Object.values(value).forEach(read);
  };
  const readEvent = ({ event }: SessionEvent, isVisiting: boolean): void => {
    read(event.data);
    const hasText = isRecord(event.data) && listOf(event.data.texts).length > 0;
    if (hasText && isVisiting) shown.moments.add(event.timestamp);
  };
  for (const event of events) {
    const isVisiting = redactor.isVisiting();
    for (const redacted of redactor.redact(event)) readEvent(redacted, isVisiting);
  }
  for (const redacted of redactor.finish()) readEvent(redacted, false);
  return shown;
}

/** Returns what the stricter policy shows and the other doesn't. */
function shownMore(session: readonly RecordedEvent[], policy: Policy, stricter: Policy): string[] {
  const times = { times: 'relative', pseudonyms: false } as const;
  const [before, after] = [show(session, { ...policy, ...times }), show(session, { ...stricter, ...times })];
  return [
    ...[...after.words].filter((word) => !before.words.has(word)),
    ...[...after.moments].filter((at) => !before.moments.has(at)).map((at) => `a change at ${at}`),
  ];
}

describe('a stricter policy', () => {
  it(`shows nothing that the other hides (seed ${seed}, ${pairs} pairs)`, () => {
    const random = new SeededRandom(seed);
    for (let pair = 0; pair < pairs; pair++) {
      const [policy, other] = [drawPolicy(random), drawPolicy(random)];
      const session = drawSession(random);
      const stricter = { ...intersectPolicies(policy, other), mask: [...policy.mask], exclude: [...policy.exclude] };
      const found = shownMore(session, policy, stricter);
      if (found.length > 0) expect.fail(`pair ${pair} of seed ${seed}: ${found.join(', ')}`);
    }
  }, 600_000);

  it('with a pattern adds no change beside a visited field', () => {
    const random = new SeededRandom(3);
    const [policy] = shippedPolicies;
    if (!policy) throw new Error('no policy');
    const patterns = [{ name: 'order', kind: 'own' as const, pattern: 'ORD-\\d+', ignoreCase: false }];
    for (let round = 0; round < 60; round++)
      expect(shownMore(drawSession(random), policy, { ...policy, patterns })).toEqual([]);
  });

  it('is compared by what it shows (control)', () => {
    const [policy, ...more] = shippedPolicies;
    const internal = more.find(({ name }) => name === 'internal');
    if (!policy || !internal) throw new Error('no policy');
    const session = [snapshot([element(8, 'p', {}, [text(9, 'Zorblax')])])];
    expect(shownMore(session, policy, internal)).toEqual(['Zorblax']);
  });
});
