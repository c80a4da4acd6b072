import type { CustodyRecord } from '../case-format';
import type { StoredSession } from '../session';
import { plural } from './format';
import { platformTexts } from './sources';
import type { ScreenshotFailure } from '../window-port';

/** Kinds of content that an export hides. */
export const channelWords: Readonly<Record<string, string>> = {
  text: 'Text',
  input: 'Input values',
  attribute: 'Attributes',
  url: 'URLs',
  image: 'Images',
  style: 'Style rules',
  console: 'Console messages',
  network: 'Network details',
  custom: 'Custom events',
  annotation: 'Annotations',
  'case-text': 'Case texts',
  canvas: 'Canvas drawings',
  selection: 'Text selections',
  font: 'Fonts',
  asset: 'Stored assets',
  node: 'Page elements',
  field: 'Unknown fields',
  repeat: 'Changes that are identical once masked',
  event: 'Unknown events',
  other: 'Elsewhere',
};

type Counts = Readonly<Record<string, number>>;

/** Values that were masked only after the leak gate had found them. */
export const repairedWords = {
  name: 'Masked after the check',
  /** Returns `3 values (Text: 2, URLs: 1)`. */
  counts: (counts: Counts) => `${plural(sumOf(counts), 'value', 'values')} (${byChannel(counts)})`,
  sentence: (counts: Counts) =>
    `${plural(sumOf(counts), 'value was', 'values were')} masked after the check (${byChannel(counts)}).`,
} as const;

function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function byChannel(counts: Counts): string {
  const channels = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return channels.map(([channel, count]) => `${channelWords[channel] ?? channel}: ${count}`).join(', ');
}

/** Origins of a session. */
export const originWords: Readonly<Record<StoredSession['from'], string>> = {
  ...platformTexts('name'),
  demo: 'Demo',
  server: 'Source',
  file: 'Recording',
  case: 'Case file',
};

/** The report around its timeline. */
export const reportWords = {
  notes: 'Notes',
  notesCaption: 'Notes on the session by the person who exported it',
  notesCaptionWith: (withScreenshot: number, all: number) =>
    `Notes on the session by the person who exported it, each with a screenshot of the redacted page${
      withScreenshot < all ? `; only the first ${withScreenshot} of ${all} notes have a screenshot` : ''
    }`,
  screenshotAlt: (moment: string, session: string) => `Screenshot of the redacted page at ${moment} in “${session}”`,
  screenshotFailures: {
    'no-page': 'No screenshot: the recording has no page at this time.',
    failed: 'No screenshot: it could not be taken.',
  } satisfies Record<ScreenshotFailure, string>,
  from: 'Time',
  until: 'to',
  tags: 'Tags',
  session: 'Session',
  hidden: 'What was hidden',
  hiddenCaption: (policy: string, version: number) =>
    `Counts by location, redacted with the policy ${policy} (format version ${version})`,
  floor: (floor: string) => `restricted by ${floor}`,
  channel: 'Location',
  masked: 'Masked',
  dropped: 'Removed',
  entities: 'Detected values',
  entitiesCaption: 'Values that detectors found in otherwise readable text, by type',
  entity: 'Type',
  count: 'Times hidden',
  events: (kept: number, all: number) => `${kept} of ${all} recorded events are kept.`,
  nothingHidden: 'Nothing had to be hidden.',
  custody: 'Chain of custody',
  custodyCaption: 'Actions on the session, oldest first',
  at: 'Time (UTC)',
  action: 'Action',
  actions: {
    pulled: 'Downloaded from the platform',
    imported: 'Imported',
    redacted: 'Redacted',
    packed: 'Exported',
  } satisfies Record<CustodyRecord['action'], string>,
  source: 'From',
  policy: 'Policy',
  software: 'Software',
} as const;
