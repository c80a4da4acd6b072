import type { MissingKind } from '../session';
import { plural } from './format';

const kinds: Record<MissingKind, (count: number) => string> = {
  images: (count) => plural(count, 'image', 'images'),
  fonts: (count) => plural(count, 'font', 'fonts'),
  sheets: (count) => plural(count, 'style sheet', 'style sheets'),
  frames: (count) => plural(count, 'frame', 'frames'),
  media: (count) => plural(count, 'video or audio file', 'video or audio files'),
};

/** Files that pages refer to and that a recording doesn't contain. */
export const missingFilesWords = {
  kind: (kind: MissingKind, count: number) => kinds[kind](count),
  title: 'Not in the recording',
  mark: (files: string) => `Not recorded: ${files}`,
  about: 'The recording contains only the addresses of these files. The replay shows the page without them.',
  others: (count: number) => `and ${plural(count, 'other', 'others')}`,
  onPage: (page: string, files: string) => `${page}: ${files}`,
  otherPages: (count: number) => plural(count, 'other page', 'other pages'),
  none: 'none',
} as const;
