/** What the gate says of a place in which it found something, and which rule of the policy closes it. Never what it found. */
export const gateWords = {
  places: {
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
  /** By the part of the export, where the part is the user's own. */
  parts: {
    note: 'Change the note, or leave the notes out.',
    title: 'Give the export another title.',
    'about the case': 'Change what the case says of itself: its description, owner or tags.',
    'text of the case': 'Change the text, or leave the texts out.',
    'file name': 'Save it under another name.',
  },
  opaque: 'a part that cannot be read',
  opaqueAdvice:
    'A picture or packed data is in it, of which nobody can say what it holds. Set “images” to “none”, or tell us which recording it was.',
} as const;

export type Place = keyof typeof gateWords.places;
