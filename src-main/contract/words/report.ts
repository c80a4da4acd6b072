import type { CustodyRecord } from '../case-format';
import type { StoredSession } from '../session';
import { platformTexts } from './sources';
import type { PictureFailure } from '../window-port';

/** What an export hid, by where it sat. */
export const channelWords: Readonly<Record<string, string>> = {
  text: 'Text',
  input: 'Input values',
  attribute: 'Attributes',
  url: 'Addresses',
  image: 'Images',
  style: 'Style rules',
  console: 'Console messages',
  network: 'Network details',
  custom: 'Custom events',
  annotation: 'Annotations',
  'case-text': 'Texts of the case',
  canvas: 'Drawings',
  selection: 'Text selections',
  font: 'Fonts',
  asset: 'Stored files',
  node: 'Page parts',
  field: 'Unknown fields',
  repeat: 'Changes that look alike once masked',
  event: 'Unknown events',
};

/** Where a session came from. */
export const originWords: Readonly<Record<StoredSession['from'], string>> = {
  ...platformTexts('name'),
  demo: 'Demo',
  server: 'Source',
  file: 'Recording',
  case: 'Case file',
};

/** The words of the report around its timeline. */
export const reportWords = {
  notes: 'Notes',
  notesCaption: 'What the person who exported this wrote of the session',
  notesCaptionWith: (withPicture: number, all: number) =>
    `What the person who exported this wrote of the session, with the redacted page at each note’s moment${
      withPicture < all ? `; there was room for the pictures of the first ${withPicture} of ${all} notes` : ''
    }`,
  pictureAlt: (moment: string, session: string) => `The redacted page at ${moment} of “${session}”`,
  pictureFailures: {
    'no-page': 'No picture: the recording had no page to show at this moment.',
    failed: 'No picture: it could not be made.',
  } satisfies Record<PictureFailure, string>,
  from: 'Time',
  until: 'to',
  tags: 'Tags',
  session: 'Session',
  hidden: 'What was hidden',
  hiddenCaption: (policy: string, version: number) =>
    `By the policy ${policy}, version ${version} of its format: how often, by where it sat`,
  floor: (floor: string) => `held to ${floor}`,
  channel: 'Where',
  masked: 'Masked',
  dropped: 'Left out',
  entities: 'Found in texts',
  entitiesCaption: 'What detectors found in texts that would have stayed, by kind',
  entity: 'Kind',
  count: 'Times hidden',
  events: (kept: number, all: number) => `${kept} of ${all} recorded events are kept.`,
  nothingHidden: 'Nothing had to be hidden.',
  custody: 'Where it comes from',
  custodyCaption: 'What was done with the session, the oldest first',
  at: 'When (UTC)',
  action: 'What was done',
  actions: {
    pulled: 'Pulled from the platform',
    imported: 'Imported',
    redacted: 'Redacted',
    packed: 'Exported',
  } satisfies Record<CustodyRecord['action'], string>,
  source: 'From',
  policy: 'Policy',
  software: 'By',
} as const;
