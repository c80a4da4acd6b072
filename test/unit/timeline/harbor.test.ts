import { describe, expect, it } from 'vitest';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { normaliseRecording } from '../../../src-main/core/recording/normalise';
import { readHarbor } from '../recording/harbor';

describe('the shop recording', () => {
  const events = readHarbor().map((event) => ({ windowId: '1', event }));
  const { events: normalised, facts } = normaliseRecording({ format: 'array', events, damage: [] });
  const entries = buildTimeline(normalised, { times: 'absolute' });

  it('is told as a support agent would tell it', () => {
    const failed = ['POST /api/checkout answered 502 after …', 'checkout failed 502 …'];
    const story = entries.map(({ text }) => text.replace(/\d+ ms$/, '…').replace(/\{.*/, '…'));
    expect(story).toEqual([
      'Opened 127.0.0.1:4110/',
      'Clicked button “Add” in “Item 1”',
      'Clicked button “Add” in “Item 4”',
      'Clicked button “Add” in “Item 7”',
      'Clicked button “Add” in “Item 10”',
      'Clicked link “Orders”',
      'Clicked tab “Done”',
      'Clicked tab “Open”',
      'Changed field “Ask us”',
      'Clicked link “Account”',
      'Changed switch “Newsletter”',
      'Clicked link “Shop”',
      'Clicked button “Pay now”',
      'Changed field “Full name”',
      'Changed field “Card number”',
      'Changed field “3-D password”',
      'Changed field “Delivery note”',
      'Clicked button “Confirm order” 5 times in 1.5 s',
      ...failed,
      ...failed,
      ...failed,
      ...failed,
      ...failed,
      'Clicked on the page (header)',
      'Nothing done for 14.0 s',
      "Uncaught TypeError: Cannot read properties of null (reading 'total')",
    ]);
  });

  it('never says what was typed', () => {
    const typed = events.flatMap(({ event }) => {
      const data = event.data as { source?: number; text?: string };
      return event.type === 3 && data.source === 5 && (data.text?.length ?? 0) > 4 ? [data.text ?? ''] : [];
    });
    expect(typed.length).toBeGreaterThan(50);
    const inputs = entries
      .filter(({ kind }) => kind === 'input')
      .map(({ text }) => text)
      .join('\n');
    for (const value of typed) expect(inputs).not.toContain(value);
  });

  it('has every time on the clock that it came from', () => {
    for (const { atMs, wallMs } of entries) expect(wallMs).toBe(facts.startedAt + atMs);
  });
});
