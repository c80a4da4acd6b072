import { expect, it } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { createTimelineBuilder, settledEntries } from '../../../src-main/core/timeline/build';
import { isCurrent, rebuildTimeline } from '../../../src-main/core/timeline/rebuild';
import { SessionWriter } from './session';

const damaged = 'an event is damaged';

const session = () => {
  const page = new SessionWriter();
  const button = page.element('button', {}, ['Pay']);
  page.open(0, [button]).click(10_000, button).click(10_300, button).custom(40_000, 'later');
  return page;
};

function buildWithLoss(page: SessionWriter) {
  const builder = createTimelineBuilder({ times: 'relative' });
  const model = new DomModel();
  for (const [index, event] of page.events.entries()) {
    if (index === 2 || index === 4) builder.noteLost({ windowId: '1', reason: damaged });
    model.apply(event.event);
    builder.add(event, model);
  }
  return { state: builder.save(), entries: builder.finish(), model };
}

it('builds the same timeline with the same thresholds, including what was lost', async () => {
  const page = session();
  const { entries, state } = buildWithLoss(page);
  expect(entries.filter(({ kind }) => kind === 'lost')).toHaveLength(2);
  const again = await rebuildTimeline(page.events, entries, { times: 'relative' });
  expect(again.entries).toEqual(entries);
  expect(isCurrent(state, defaultThresholds)).toBe(true);
  expect(isCurrent(again.state, defaultThresholds)).toBe(true);
});

it('builds the timeline with other thresholds, and can be resumed', async () => {
  const page = session();
  const { entries, model } = buildWithLoss(page);
  const thresholds = { ...defaultThresholds, rageClicks: 2, idleMs: 60_000 };
  const again = await rebuildTimeline(page.events, entries, { times: 'relative', thresholds });
  expect(again.entries.map(({ kind }) => kind)).toEqual(['navigation', 'lost', 'rage-click', 'lost', 'custom']);
  expect(isCurrent(again.state, defaultThresholds)).toBe(false);
  expect(isCurrent(again.state, thresholds)).toBe(true);
  const builder = createTimelineBuilder({ times: 'relative', resume: again.state });
  const [event] = page.custom(50_000, 'more').events.slice(-1);
  if (event) builder.add(event, model);
  const joined = [...settledEntries(again.entries, again.state), ...builder.finish()];
  expect(joined.map(({ kind }) => kind)).toEqual(['navigation', 'lost', 'rage-click', 'lost', 'custom', 'custom']);
});
