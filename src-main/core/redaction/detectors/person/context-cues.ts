import type { NameWord } from './words-of-text';

/** Cues in English sentences that show that a word is a person's name: reported speech, relatives and forms of address. */

const relatives =
  'son|daughter|wife|husband|kid|kids|child|children|mother|father|mum|mom|dad|brother|sister|parents|friend|friends|boss|assistant|neighbou?r|girlfriend|boyfriend|uncle|aunt|cousin|grandmother|grandfather|grandma|grandpa|nephew|niece|colleague|lawyer|teacher|nurse|landlord';
const speech =
  'said|says|asked|replied|answered|told|shouted|whispered|yelled|explained|admitted|insisted|laughed|sighed';

// matches before a name: "my brother ", "said ", "known as ", "directed by ", "Last name? "
// not: "my house ", "the "
const before = new RegExp(
  [
    `\\b(?:my|his|her|their|our|your|the)(?: \\p{Ll}{2,10})? (?:${relatives}),? `,
    `\\b(?:${speech}|shouted at|yelled at|met with|married|divorced|thanked|emailed|phoned|texted|hugged|kissed) `,
    '\\b(?:nam(?:ed|e) (?:him|her|them)|calls? (?:me|him|her)|nicknamed|known as|a\\.?k\\.?a\\.?) ',
    '\\b(?:directed|written|produced|composed|sung|performed|painted|narrated|hosted|founded|signed) by:?\\s{1,4}',
    '\\bstarring ',
    '\\b(?:first|last|middle|family|maiden|full|your) name\\?\\s{1,3}',
  ]
    .map((cue) => `${cue}$`)
    .join('|'),
  'iu',
);

// matches after a name: "'s birthday", " said", " was born", ", can you", " and my"
// not: "'s settings", " and the"
const behind = new RegExp(
  [
    `^'s (?:${relatives}|birthday|phone|e-?mail|account|house|flat)(?![\\p{L}])`,
    `^ (?:${speech})(?![\\p{L}])`,
    '^ (?:lives|lived|was born|is married|was married|grew up|graduated|resigned|flew|travelled|traveled|began (?:writing|singing|teaching))(?![\\p{L}])',
    '^, (?:can|could|would|will|may|did|do|are|have) (?:you|I|we|they)(?![\\p{L}])',
    '^ and (?:I|my|his|her|me|he|she)(?![\\p{L}])',
  ].join('|'),
  'u',
);

// Cues that count only for words in the lists of names, because products can do these things too.
// matches after a name: " works", " is from", " is very kind"
// not: " loads", " is ready"
const mayBehind =
  /^ (?:(?:is|was|comes|came) from|died|retired|works|worked|spent|had given|has given|gave|began|thinks|thought|wants|wanted|knows|knew|loves|hates|hopes|is (?:a |an )?(?:(?:very|really|quite|so|such) )+\p{Ll}+)(?![\p{L}])/u;

// Direct speech, for a name at the start of a line.
// matches after a name: ": \"You saved my life!\""
// not: ": You"
const spokenBehind = /^: ?["“”«„]/;
// matches before a name: "", "Hello.\n", "Hello.\n> "
// not: "Hello. "
const lineBefore = /(?:^|[\n\r])[> ]{0,3}$/;
// matches after a name: ": Yes, please"
// not: ": yes, please"
const saysBehind = /^: \p{Lu}\p{Ll}*[ ,!?]/u;
// A form of address: "Don't go to town, Roy!"
// matches before a name: "to town, "
// not: "to town "
const calledBefore = /\p{Ll}, $/u;

/** Returns whether the context shows that these words are a person's name. `beforeText` and `behindText` are some sixty characters around them. */
export function hasContextCue(parts: readonly NameWord[], beforeText: string, behindText: string): boolean {
  if (before.test(beforeText) || behind.test(behindText)) return true;
  const isStart = lineBefore.test(beforeText);
  if (isStart && spokenBehind.test(behindText)) return true;
  if (!parts.some(({ sort }) => sort === 'doubtful-given' || sort === 'surname')) return false;
  return (
    mayBehind.test(behindText) ||
    (isStart && saysBehind.test(behindText)) ||
    (calledBefore.test(beforeText) && /^[!?]/.test(behindText))
  );
}
