import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { readDemo } from './real-sessions';

describe('the shop recording', () => {
  const events = readDemo('harbor-checkout');
  const entries = buildTimeline(events, { times: 'absolute' });

  it('reads as a support agent would describe it', () => {
    const failed = ['POST /api/checkout returned 502 after …', 'checkout failed 502 …'];
    const story = entries.map((entry) =>
      entryText(entry)
        .replace(/\d+ ms$/, '…')
        .replace(/\{.*/, '…'),
    );
    expect(story).toEqual([
      'Opened 127.0.0.1:4110/ (“Harbor Goods”)',
      'Clicked button “Add” in “Item 1”',
      'Clicked button “Add” in “Item 4”',
      'Clicked button “Add” in “Item 7”',
      'Clicked button “Add” in “Item 10”',
      'Clicked link “Orders”',
      'Opened 127.0.0.1:4110/orders',
      'Clicked tab “Done”',
      'Clicked tab “Open”',
      'Changed field “Ask us”',
      'Clicked link “Account”',
      'Opened 127.0.0.1:4110/account',
      'Changed switch “Newsletter”',
      'Clicked link “Shop”',
      'Opened 127.0.0.1:4110/',
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
      'Clicked on the page (header), but nothing happened',
      'Idle for 14.0 s',
      "Uncaught TypeError: Cannot read properties of null (reading 'total')",
    ]);
  });

  it('never contains typed text', () => {
    const typed = events.flatMap(({ event }) => {
      const data = event.data as { source?: number; text?: string };
      return event.type === 3 && data.source === 5 && (data.text?.length ?? 0) > 4 ? [data.text ?? ''] : [];
    });
    expect(typed.length).toBeGreaterThan(50);
    const inputs = entries
      .filter(({ kind }) => kind === 'input')
      .map(entryText)
      .join('\n');
    for (const value of typed) expect(inputs).not.toContain(value);
  });

  it('has wall clock times that match the relative ones', () => {
    for (const { atMs, wallMs } of entries) expect(wallMs).toBe(Math.round((events[0]?.event.timestamp ?? 0) + atMs));
  });
});
