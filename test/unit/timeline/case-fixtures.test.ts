import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { entryText } from '../../../src-main/contract/words/timeline';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { fixturePath } from '../../helpers/fixtures';

const opened = '0 Opened shop.example/account';

/** The complete timeline of each recording in `test/fixtures/timeline`. */
const expected: [name: string, entries: string[]][] = [
  ['01-posthog-timings', [opened, '900 Clicked button “Save”']],
  ['02-unknown-status', [opened, '0 Idle for 5.0 s']],
  [
    '03-sentry-failures',
    [
      opened,
      '1000 Clicked button “Save”',
      '1000 Idle for 8.0 s',
      '1300 POST /api/pay returned 500 after 290 ms',
      '1400 Payment failed',
      '2000 Opened shop.example/help',
    ],
  ],
  [
    '04-posthog-pages-and-pauses',
    [
      opened,
      '2000 Clicked button “Save”',
      '2100 Opened shop.example/settings',
      '4000 Left the tab',
      '5000 Returned to the tab',
      '6000 Nothing recorded for 20.0 s',
      '27000 Clicked button “Save”, but nothing happened',
    ],
  ],
  [
    '06-typing-without-focus',
    [
      opened,
      '400 Clicked button “Save”',
      '1500 Changed field “Name”',
      '8000 Clicked button “Save”, but nothing happened',
    ],
  ],
  [
    '07-inline-edit',
    [
      opened,
      '500 Clicked on “Rent”',
      '1000 Changed field “Category”',
      '8300 Clicked button “Save”, but nothing happened',
    ],
  ],
  [
    '08-clicks-into-fields',
    [
      opened,
      '1260 Changed field “Terms”',
      '2160 Changed field “Email”',
      '3060 Changed field “SMS”',
      '3120 Idle for 5.9 s',
    ],
  ],
  [
    '10-answers-outside-the-dom',
    [
      opened,
      '1000 Clicked on “Delivery”',
      '1005 Selected “Delivery”',
      '5000 Clicked button “Save”',
      '9000 Clicked link “Report”',
    ],
  ],
  [
    '11-periodic-snapshot',
    [
      opened,
      '0 Idle for 4 min',
      '240000 Clicked button “Save”',
      '240000 Idle for 70.0 s',
      '310000 Clicked button “Save”',
    ],
  ],
  [
    '12-reload-without-load-event',
    [
      opened,
      '1000 Clicked button “More”',
      '3000 Clicked button “More”',
      '3000 Idle for 6.0 s',
      '6000 Reloaded shop.example/account',
      '9000 Clicked button “More”',
    ],
  ],
  [
    '18-selecting-text',
    [
      opened,
      '736 Selected “elivery takes three”',
      '813 Clicked on “Delivery takes three days.”',
      '4061 Clicked on “Return”',
    ],
  ],
  ['19-links-to-files', [opened, '1000 Clicked link “Report”', '5000 Clicked link “Export”']],
  ['21-phone-bars', [opened, '2000 Scrolled down 1 screen', '10000 Scrolled down 2 screens']],
];

/** The entries that differ in an export under `private-by-default`: what redaction masks, rounds down or leaves out. */
const exported: Record<string, Record<string, string | undefined>> = {
  '06-typing-without-focus': { '1500 Changed field “Name”': '1000 Changed field “Name”' },
  '08-clicks-into-fields': {
    '1260 Changed field “Terms”': '1000 Changed field “Terms”',
    '2160 Changed field “Email”': '2000 Changed field “Email”',
    '3060 Changed field “SMS”': '3000 Changed field “•••”',
    '3120 Idle for 5.9 s': undefined,
  },
  '18-selecting-text': {
    '736 Selected “elivery takes three”': '736 Selected text',
    '813 Clicked on “Delivery takes three days.”': '813 Clicked on “Delivery •••••• three days.”',
  },
};

function readCase(name: string): SessionEvent[] {
  const events = JSON.parse(readFileSync(fixturePath(`timeline/${name}.json`), 'utf8')) as RecordedEvent[];
  return events.map((event) => ({ windowId: '1', event }));
}

const describeEntry = (entry: TimelineEntry): string => `${entry.atMs} ${entryText(entry)}`;

describe('the timeline of a recording with a known false statement', () => {
  it.each(expected)('is right: %s', (name, entries) => {
    const timeline = buildTimeline(readCase(name), { times: 'relative' });
    expect(timeline.map(describeEntry)).toEqual(entries);
  });

  it.each(expected)('is right in an export: %s', async (name, entries) => {
    const session = readCase(name);
    const startedAt = session[0]?.event.timestamp ?? 0;
    const policy = findPolicy('private-by-default');
    const prepared = await prepareExport(session, { policy, notes: [], startedAt });
    const differing = exported[name] ?? {};
    expect(prepared.entries.map(describeEntry)).toEqual(
      entries.flatMap((entry) => (entry in differing ? (differing[entry] ?? []) : entry)),
    );
  });
});
