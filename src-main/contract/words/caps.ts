import type { Caps } from '../settings';

/** Names of the limits, in the settings and in the errors that mention them. */
export const capWords = {
  wireBytes: { label: 'Response size', about: 'Maximum size of a response, as transferred.' },
  inflatedBytes: { label: 'Decompressed response size', about: 'Maximum size of a response after decompression.' },
  headerBytes: { label: 'Response header size', about: 'Maximum size of a response’s headers.' },
  totalMs: {
    label: 'Response time',
    about: 'Maximum time from request to last byte. Waiting for the platform’s rate limit is not counted.',
  },
  events: {
    label: 'Events per recording',
    about: 'Files with more events are rejected. Downloads keep the events up to the limit and are marked incomplete.',
  },
  eventBytes: { label: 'Event size', about: 'Larger events or lines are skipped and counted as damage.' },
  fieldBytes: {
    label: 'Decompressed field size',
    about: 'Events with a compressed field that is larger after decompression are skipped and counted as damage.',
  },
  depth: { label: 'Event nesting depth', about: 'Events nested deeper are skipped and counted as damage.' },
  folderFiles: { label: 'Files per folder', about: 'If a folder contains more files, only the first are imported.' },
  folderDepth: { label: 'Folder depth', about: 'Folders nested deeper are skipped.' },
  folderBytes: { label: 'Folder size', about: 'If a folder is larger, only the first files are imported.' },
} satisfies Record<keyof Caps, { label: string; about: string }>;

/** Returns the last sentence of an error that a limit caused. */
export function capAdvice(cap: keyof Caps): string {
  return `To allow more, raise “${capWords[cap].label}” in the settings.`;
}
