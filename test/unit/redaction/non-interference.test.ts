import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { createEntryRedaction } from '../../../src-main/core/export/entry-redaction';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { createEntityCollector } from '../../../src-main/core/redaction/entities';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { createRedactor } from '../../../src-main/core/redaction/redact';

import { sideChannelRules, type SideChannelRule } from '../../../src-main/core/redaction/side-channel-rules';
import { createTimelineBuilder } from '../../../src-main/core/timeline/build';
import { toSession } from '../../helpers/redacted-session';
import { SeededRandom } from '../../helpers/seeded-random';
import { drawSecret, shapes, visit, type Secret, type Shape } from './secret-visit';
import { startedAt } from './small-page';

const policy = { ...findPolicy('private-by-default'), mask: ['.private'] };

/** Returns the redacted recording, its timeline and the report as they are exported. */
function exported(session: readonly SessionEvent[], without: readonly SideChannelRule[] = []): string {
  const collector = createEntityCollector();
  for (const event of session) collector.add(event);
  const redactor = createRedactor(policy, { startedAt, entities: collector.finish(), without });
  const redactedPage = new DomModel();
  const timeline = createTimelineBuilder({
    times: 'relative',
    startedAt,
    thresholds: defaultThresholds,
    redaction: createEntryRedaction(redactor, () => redactedPage),
  });
  const events: SessionEvent[] = [];
  for (const event of session) {
    for (const redacted of redactor.redact(event)) {
      redactedPage.apply(redacted.event);
      events.push(redacted);
    }
    timeline.add(event, redactor.contextOf(event.windowId).page.model);
  }
  events.push(...redactor.finish());
  return JSON.stringify({ events, timeline: timeline.finish(), report: redactor.report() }, null, 1);
}

function drawShapes(random: SeededRandom): Shape[] {
  return Array.from({ length: 1 + random.below(4) }, () => random.pick(shapes));
}

/** Returns the first difference between the exports of two visits that differ only in their secrets. Undefined if the exports are identical. */
function difference(
  parts: readonly Shape[],
  random: SeededRandom,
  without: readonly SideChannelRule[] = [],
): string | undefined {
  const [one, other] = [drawSecret(random), drawSecret(random)];
  const [first = '', second = ''] = [one, other].map((secret) => exported(toSession(visit(parts, secret)), without));
  if (first === second) return undefined;
  const [left, right] = [first.split('\n'), second.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `${parts.join(', ')}: ${left.slice(at - 12, at + 3).join(' ')} / ${right.slice(at, at + 3).join(' ')}`;
}

/** For each rule, a shape that needs it. */
const needs: Record<SideChannelRule, Shape> = {
  typing: 'field',
  'mirrored-values': 'mirrored',
  editors: 'editor',
  surroundings: 'surroundings',
  proposals: 'proposals',
  clicks: 'field',
  moves: 'field',
  scrolling: 'field',
  times: 'boxes',
  keypads: 'pad-own-elements',
  echoes: 'echoes',
  counts: 'field',
  surfaces: 'signature',
  pickers: 'calendar-table',
  choices: 'choice',
  'state-classes': 'brand',
  meters: 'meter',
  bullets: 'own-mask',
};

describe('an export', () => {
  const pairs = Number(process.env.CASEMENT_PAIRS ?? 2000);
  const seed = Number(process.env.CASEMENT_SEED ?? Math.floor(Date.now() % 1_000_000));

  it(`is identical for any secret, typing speed and drafts (seed ${seed}, ${pairs} pairs)`, () => {
    const random = new SeededRandom(seed);
    for (let pair = 0; pair < pairs; pair++) {
      const parts = pair < shapes.length ? shapes.slice(pair, pair + 1) : drawShapes(random);
      const found = difference(parts, random);
      if (found !== undefined) expect.fail(`pair ${pair} of seed ${seed} differs: ${found}`);
    }
  }, 300_000);

  it.each(sideChannelRules)('would differ without the rule for %s', (rule) => {
    const random = new SeededRandom(seed);
    const found = Array.from({ length: 40 }, () => difference([needs[rule]], random, [rule])).filter(
      (difference) => difference !== undefined,
    );
    expect(found.length).toBeGreaterThan(0);
  });

  it('has no event that a platform records of a field, and would have it without the rules', () => {
    const secret: Secret = { value: 'bcdfgh', pin: '1234', draft: 'bcd', msPerKey: 100, caretClicks: 3, choice: 1 };
    const categories = (without: SideChannelRule[]): string[] =>
      [...new Set(exported(toSession(visit(['platform'], secret)), without).match(/ui\.\w+/g))].sort();
    expect(categories([])).toEqual([]);
    expect(categories(['clicks', 'echoes'])).toEqual(['ui.click', 'ui.multiClick']);
    expect(categories(['typing', 'echoes'])).toEqual(['ui.input', 'ui.keyDown']);
  });

  it.each(shapes)('is identical for any choice in: %s', (shape) => {
    const random = new SeededRandom(seed);
    for (let pair = 0; pair < 12; pair++) {
      const found = difference([shape], random);
      if (found !== undefined) expect.fail(`pair ${pair} of seed ${seed} differs: ${found}`);
    }
  });

  it('differs if something other than the secret differs (control)', () => {
    const secret = drawSecret(new SeededRandom(1));
    const [first, second] = [['field'], ['field', 'choice']] as const;
    expect(exported(toSession(visit(first, secret)))).not.toBe(exported(toSession(visit(second, secret))));
  });
});
