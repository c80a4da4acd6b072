/** How the gate names a location where it found something, and the change that removes it. It never names what it found. */
export const gateWords = {
  locations: {
    'page-text': {
      name: 'text of pages',
      advice:
        'In the policy, take the element out of “unmask” or add it to “mask”; “everything-hidden” hides all texts.',
    },
    value: { name: 'values of fields', advice: 'In the policy, add the element to “exclude”.' },
    attribute: { name: 'attributes of elements', advice: 'In the policy, add the element to “mask” or “exclude”.' },
    address: { name: 'addresses', advice: 'In the policy, narrow “urls”: its hosts, segments and keys of queries.' },
    style: { name: 'style sheets', advice: 'In the policy, add the element with the style to “exclude”.' },
    console: { name: 'console', advice: 'In the policy, set “console.text” to “words” or “none”.' },
    network: {
      name: 'network',
      advice: 'In the policy, set “network.bodies” to “none” and leave “network.headers” empty.',
    },
    custom: { name: 'custom events', advice: 'In the policy, take the event or its field out of “custom”.' },
    image: { name: 'pictures', advice: 'In the policy, set “images” to “none”.' },
    line: { name: 'lines of the timeline', advice: 'Choose the policy “everything-hidden”, or leave the notes out.' },
    elsewhere: {
      name: '',
      advice: 'Choose the policy “everything-hidden”, and tell us which recording it was.',
    },
  },
  /** The parts of an export. Those that the user wrote have advice of their own. */
  parts: {
    note: { name: 'note', advice: 'Change the note, or leave the notes out.' },
    title: { name: 'title', advice: 'Give the export another title.' },
    'case-about': {
      name: 'about the case',
      advice: 'Change what the case says of itself: its description, owner or tags.',
    },
    'case-text': { name: 'text of the case', advice: 'Change the text, or leave the texts out.' },
    'file-name': { name: 'file name', advice: 'Save it under another name.' },
    timeline: { name: 'timeline' },
    report: { name: 'report' },
    pdf: { name: 'PDF' },
    clipboard: { name: 'clipboard' },
    'replay-page': { name: 'replay page' },
    recording: { name: 'recording' },
    'redaction-report': { name: 'redaction report' },
    'case-file': { name: 'case file' },
  } satisfies Record<string, { name: string; advice?: string }>,
  timelineIn: (format: string): string => `timeline (${format})`,
  opaque: 'a part that cannot be read',
  opaqueAdvice:
    'A picture or packed data is in it, of which nobody can say what it holds. Set “images” to “none”, or tell us which recording it was.',
} as const;

/** The kinds of location in an export. */
export type LeakLocation = keyof typeof gateWords.locations;

/** The parts of an export that the gate checks one by one. */
export type ExportPart = keyof typeof gateWords.parts;
