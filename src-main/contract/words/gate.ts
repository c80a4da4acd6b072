/** Names of the locations where the gate found something, and the change that removes it. They never name the value itself. */
export const gateWords = {
  locations: {
    'page-text': {
      name: 'page text',
      advice:
        'In the policy, remove the element from “unmask” or add it to “mask”. The policy “everything-hidden” hides all text.',
    },
    value: { name: 'field values', advice: 'In the policy, add the element to “exclude”.' },
    attribute: { name: 'element attributes', advice: 'In the policy, add the element to “mask” or “exclude”.' },
    address: { name: 'URLs', advice: 'In the policy, allow fewer hosts, path segments and query keys under “urls”.' },
    style: { name: 'style sheets', advice: 'In the policy, add the element that has the style to “exclude”.' },
    console: { name: 'console', advice: 'In the policy, set “console.text” to “words” or “none”.' },
    network: {
      name: 'network',
      advice: 'In the policy, set “network.bodies” to “none” and clear “network.headers”.',
    },
    custom: { name: 'custom events', advice: 'In the policy, remove the event or its field from “custom”.' },
    image: { name: 'images', advice: 'In the policy, set “images” to “none”.' },
    line: { name: 'timeline entries', advice: 'Choose a policy that hides more, or save in another format.' },
    elsewhere: {
      name: '',
      advice:
        'Casement could not mask it. Save in another format or leave out this session, and report this problem to us.',
    },
  },
  /** The parts of an export. Those that the user wrote have advice of their own. */
  parts: {
    note: { name: 'note', advice: 'Edit the note, let Casement mask the value in it, or exclude the notes.' },
    title: { name: 'title', advice: 'Change the title, or let Casement mask the value in it.' },
    'case-about': {
      name: 'case details',
      advice: 'Change the owner or the tags of the case, or let Casement mask the value in them.',
    },
    'case-text': { name: 'case text', advice: 'Edit the text, or exclude the texts.' },
    'file-name': { name: 'file name', advice: 'Save the export under a different name.' },
    timeline: { name: 'timeline' },
    report: { name: 'report' },
    pdf: { name: 'PDF' },
    clipboard: { name: 'clipboard' },
    'replay-page': { name: 'replay page' },
    recording: { name: 'recording' },
    'redaction-report': { name: 'redaction report' },
    'case-file': { name: 'case file' },
  } satisfies Record<string, { name: string; advice?: string }>,
  noteAt: (time: string): string => `note at ${time}`,
  description: 'case description',
  timelineIn: (format: string): string => `timeline (${format})`,
  textOf: (part: string): string => `${part} (text without tags)`,
  headerOf: (part: string): string => `${part} (gzip header)`,
  entryNamesOf: (part: string): string => `${part} (entry names)`,
  entryOf: (part: string, entry: string): string => `${part}, ${entry}`,
  pdf: {
    stream: (part: string): string => `${part} (stream)`,
    image: (part: string): string => `${part} (image)`,
    font: (part: string): string => `${part} (font)`,
    colourProfile: (part: string): string => `${part} (colour profile)`,
    metadata: (part: string): string => `${part} (metadata)`,
    pageText: (part: string): string => `${part} (page text)`,
  },
  opaque: 'unreadable data',
  opaqueAdvice:
    'It contains an image or compressed data that can’t be checked. Set “images” to “none” in the policy, or report this problem to us.',
} as const;

/** The kinds of location in an export. */
export type LeakLocation = keyof typeof gateWords.locations;

/** The parts of an export that the gate checks one by one. */
export type ExportPart = keyof typeof gateWords.parts;

/** The parts that the user wrote for the export. Casement masks nothing in them: it asks the user to change them. */
const userWritten: ReadonlySet<ExportPart> = new Set<ExportPart>(['note', 'title', 'case-about', 'file-name']);

export function isUserWritten(part: ExportPart): boolean {
  return userWritten.has(part);
}
