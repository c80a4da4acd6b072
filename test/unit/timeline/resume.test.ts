import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';
import {
  buildTimeline,
  createTimelineBuilder,
  settledEntries,
  type LostPart,
  type TimelineState,
} from '../../../src-main/core/timeline/build';
import { playCase, reportedCases } from '../../helpers/reported-cases';
import { readRealSessions } from './real-sessions';
import { SessionWriter } from './session';

interface Stored {
  entries: TimelineEntry[];
  state: TimelineState;
}

const reasons = ['a line is cut off', 'an event is damaged'] as const;
const lostAt = (index: number): LostPart | undefined =>
  index % 97 === 5 ? { windowId: '1', reason: reasons[index % 2 === 0 ? 0 : 1] } : undefined;

/** Builds a timeline as for a live recording: each delivery continues from the stored state of the previous one. */
function buildInParts(events: readonly SessionEvent[], cuts: readonly number[]): Stored[] {
  const stored: Stored[] = [];
  const ends = [...cuts, events.length];
  for (const [part, end] of ends.entries()) {
    const before = stored.at(-1);
    // The state is stored on disk.
    const resume = before && (JSON.parse(JSON.stringify(before.state)) as TimelineState);
    const builder = createTimelineBuilder({ times: 'absolute', ...(resume && { resume }) });
    const begin = ends[part - 1] ?? 0;
    const models = rebuildModels(events.slice(0, begin));
    for (const [windowId, model] of models) builder.reopen(windowId, model);
    feed(events, begin, end, builder, models);
    const state = builder.save();
    const rest = builder.finish();
    stored.push({ state, entries: before ? [...settledEntries(before.entries, before.state), ...rest] : rest });
  }
  return stored;
}

/** Rebuilds the pages from keyframes, as a vault does. */
function rebuildModels(events: readonly SessionEvent[]): Map<string, DomModel> {
  const models = new Map<string, DomModel>();
  for (const { windowId, event } of events) modelOf(models, windowId).apply(event);
  const rebuilt = [...models].map(([windowId, model]): [string, DomModel] => {
    const copy = new DomModel();
    for (const event of writeKeyframe(model, 0)) copy.apply(event);
    return [windowId, copy];
  });
  return new Map(rebuilt);
}

function modelOf(models: Map<string, DomModel>, windowId: string): DomModel {
  const model = models.get(windowId) ?? new DomModel();
  models.set(windowId, model);
  return model;
}

/** Builds a timeline as an import does: settled entries are taken from time to time. */
function takeInParts(events: readonly SessionEvent[], cuts: readonly number[]): TimelineEntry[][] {
  const builder = createTimelineBuilder({ times: 'absolute' });
  const models = rebuildModels([]);
  const taken = [0, ...cuts].map((begin, part) => {
    feed(events, begin, cuts[part] ?? events.length, builder, models);
    return builder.takeSettled();
  });
  return [...taken, builder.finish()];
}

function feed(
  events: readonly SessionEvent[],
  begin: number,
  end: number,
  builder: ReturnType<typeof createTimelineBuilder>,
  models: Map<string, DomModel>,
): void {
  for (let index = begin; index < end; index++) {
    const lost = lostAt(index);
    if (lost) builder.noteLost(lost);
    const event = events[index];
    if (!event) continue;
    const model = modelOf(models, event.windowId);
    model.apply(event.event);
    builder.add(event, model);
  }
}

describe('a timeline that is stored and resumed', () => {
  it.each(readRealSessions().map(({ name, events }) => [name, events] as const))(
    'equals that of an uninterrupted run: %s',
    (_name, events) => {
      const [complete] = buildInParts(events, []);
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(events.length), { maxLength: 4 }), (cuts) => {
          const last = buildInParts(
            events,
            cuts.sort((a, b) => a - b),
          ).at(-1);
          expect(last?.entries).toEqual(complete?.entries);
        }),
        { numRuns: events.length > 1000 ? 12 : 25 },
      );
    },
  );

  it.each(readRealSessions().map(({ name, events }) => [name, events] as const))(
    'is the same if it is taken in parts: %s',
    (_name, events) => {
      const [complete] = buildInParts(events, []);
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(events.length), { maxLength: 40 }), (cuts) => {
          const parts = takeInParts(
            events,
            cuts.sort((a, b) => a - b),
          );
          expect(parts.flat()).toEqual(complete?.entries);
        }),
        { numRuns: events.length > 1000 ? 12 : 25 },
      );
    },
  );

  it('equals that of an uninterrupted run after any event of a case of a public report', () => {
    for (const reported of reportedCases) {
      const { events } = playCase(reported).user;
      const [complete] = buildInParts(events, []);
      for (let cut = 1; cut < events.length; cut++) {
        expect(buildInParts(events, [cut]).at(-1)?.entries, `${reported.title}, ${cut}`).toEqual(complete?.entries);
      }
    }
  });

  it('releases settled entries', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]);
    for (let at = 1000; at < 3_600_000; at += 4000) page.click(at, button).increment(at + 10, change(button.id, at));
    const parts = takeInParts(page.events, [600, 1200]);
    const rest = parts.at(-1) ?? [];
    expect(parts.flat().length).toBeGreaterThan(900);
    expect(rest.length).toBeLessThan(20);
  });

  it('replaces entries that are not final, such as a click that becomes part of a rage click', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]);
    for (const at of [2000, 2300, 2600]) page.click(at, button);
    const stored = buildInParts(page.events, [4]);
    expect(stored.map(({ entries }) => entries.slice(1).map(({ kind }) => kind))).toEqual([
      ['click', 'click'],
      ['rage-click'],
    ]);
    expect(stored[0]?.state.openFromMs).toBe(2000);
  });

  it('continues a state that lacks the fields of later versions', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]).click(2000, button).click(2200, button);
    const builder = createTimelineBuilder({ times: 'relative' });
    feed(page.events, 0, page.events.length, builder, rebuildModels([]));
    const state = JSON.parse(JSON.stringify(builder.save())) as TimelineState;
    for (const window of Object.values(state.windows)) {
      delete window.snapshots;
      delete window.media;
      delete window.clicks.progress;
      delete window.selection.isSelected;
      delete window.viewport.isMouse;
      for (const field of ['clickedAt', 'selectedAt', 'clearedAt', 'ripples'] as const) delete window.page[field];
    }
    const later = createTimelineBuilder({ times: 'relative', resume: state });
    const begin = page.events.length;
    const models = rebuildModels(page.events);
    for (const [windowId, model] of models) later.reopen(windowId, model);
    page.click(2400, button).again(3000).again(40_000);
    feed(page.events, begin, page.events.length, later, models);
    const judged = later.finish().filter(({ kind }) => kind !== 'lost');
    expect(judged.map(({ kind, atMs }) => `${kind} ${atMs}`)).toEqual(['rage-click 2000', 'idle 2400']);
  });

  it('keeps only open entries in its state', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]);
    for (let at = 1000; at < 3_600_000; at += 4000) page.click(at, button).increment(at + 10, change(button.id, at));
    const [stored] = buildInParts(page.events, []);
    expect(stored?.entries.length).toBeGreaterThan(900);
    expect(JSON.stringify(stored?.state).length).toBeLessThan(10_000);
  });

  it('control: simply concatenating stored and new entries gives another result', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, ['Pay']);
    page.open(0, [button]).click(2000, button).click(2300, button).click(2600, button);
    const builder = createTimelineBuilder({ times: 'absolute' });
    const models = rebuildModels([]);
    feed(page.events, 0, 3, builder, models);
    const state = builder.save();
    const first = builder.finish();
    const second = createTimelineBuilder({ times: 'absolute', resume: state });
    feed(page.events, 3, page.events.length, second, models);
    expect([...first, ...second.finish()]).not.toEqual(buildTimeline(page.events, { times: 'absolute' }));
  });
});

function change(id: number, at: number): object {
  return { source: 0, adds: [], removes: [], texts: [], attributes: [{ id, attributes: { class: `c${at}` } }] };
}
