import type { Caps } from '../settings';

/** What the limits are called, in the settings and in the errors that name them. */
export const capWords = {
  wireBytes: { label: 'Size of a reply', about: 'What one reply of a server may bring, as it is sent.' },
  inflatedBytes: { label: 'Size of a reply, unpacked', about: 'The same once its compression is undone.' },
  headerBytes: { label: 'Head of a reply', about: 'What a server may say before the reply itself.' },
  totalMs: {
    label: 'Time of a reply',
    about: 'From the question to the last byte, without waiting for the platform’s limit.',
  },
  events: { label: 'Events of a recording', about: 'A recording with more is refused.' },
  eventBytes: { label: 'Size of an event', about: 'A longer event, or line, is left out and counted as damage.' },
  fieldBytes: {
    label: 'Size of a compressed field',
    about: 'An event with a larger one, unpacked, is left out and counted.',
  },
  depth: { label: 'Depth of an event', about: 'An event that nests deeper is left out and counted.' },
  folderFiles: { label: 'Files of a folder', about: 'Of a folder with more, the first are imported.' },
  folderDepth: { label: 'Depth of a folder', about: 'Folders that lie deeper are not entered.' },
  folderBytes: { label: 'Size of a folder', about: 'Of a folder with more, the first files are imported.' },
} satisfies Record<keyof Caps, { label: string; about: string }>;

/** Where more can be allowed; the last sentence of an error that a cap caused. */
export function capAdvice(cap: keyof Caps): string {
  return `“${capWords[cap].label}” in the settings allows more.`;
}
