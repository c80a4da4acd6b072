import type { NameWord } from './words-of-text';

/** What a sentence says of nobody but a person: whose speech it reports, whose kin somebody is, whom it calls. In English. */

const kin =
  'son|daughter|wife|husband|kid|kids|child|children|mother|father|mum|mom|dad|brother|sister|parents|friend|friends|boss|assistant|neighbou?r|girlfriend|boyfriend|uncle|aunt|cousin|grandmother|grandfather|grandma|grandpa|nephew|niece|colleague|lawyer|teacher|nurse|landlord';
const speech =
  'said|says|asked|replied|answered|told|shouted|whispered|yelled|explained|admitted|insisted|laughed|sighed';

const before = new RegExp(
  [
    `\\b(?:my|his|her|their|our|your|the)(?: \\p{Ll}{2,10})? (?:${kin}),? `,
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

const behind = new RegExp(
  [
    `^'s (?:${kin}|birthday|phone|e-?mail|account|house|flat)(?![\\p{L}])`,
    `^ (?:${speech})(?![\\p{L}])`,
    '^ (?:lives|lived|was born|is married|was married|grew up|graduated|resigned|flew|travelled|traveled|began (?:writing|singing|teaching))(?![\\p{L}])',
    '^, (?:can|could|would|will|may|did|do|are|have) (?:you|I|we|they)(?![\\p{L}])',
    '^ and (?:I|my|his|her|me|he|she)(?![\\p{L}])',
  ].join('|'),
  'u',
);

/** The same of what may be a name by the lists; a product does these, too. */
const mayBehind =
  /^ (?:(?:is|was|comes|came) from|died|retired|works|worked|spent|had given|has given|gave|began|thinks|thought|wants|wanted|knows|knew|loves|hates|hopes|is (?:a |an )?(?:(?:very|really|quite|so|such) )+\p{Ll}+)(?![\p{L}])/u;

/** `Melanie: "You saved my life!"`, at the beginning of a line. */
const spokenBehind = /^: ?["“”«„]/;
const lineBefore = /(?:^|[\n\r])[> ]{0,3}$/;
const saysBehind = /^: \p{Lu}\p{Ll}*[ ,!?]/u;
/** "Don't go to town, Roy!" */
const calledBefore = /\p{Ll}, $/u;

/** Does what stands around these words say that they are a person's name? `beforeText`, `behindText`: some sixty characters. */
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
