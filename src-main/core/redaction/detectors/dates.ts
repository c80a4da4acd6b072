import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

/** The names of months and their abbreviations, in the languages of the score tests and some more. */
const months =
  'jan(?:uar[iy]?|uary|vier|eiro)?|feb(?:ruar[iy]?|ruary|braio)?|febrero|fevereiro|f[ée]vr(?:ier)?|m[aä]r(?:ch|z|zo|s|ço)?|maart|mrt|apr(?:il|ile)?|avr(?:il)?|abril?|may|mai|mayo|mei|maj|maggio|maio|jun[ei]?|juin|junio|juni|giugno|junho|jul[yi]?|juil(?:let)?|julio|juli|luglio|julho|aug(?:ust|usti|ustus)?|ao[uû]t|agosto?|sep(?:t|tember|tembre|tiembre)?|set(?:tembre|embro)?|o[ck]t(?:ober|obre|ubre)?|ott(?:obre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember)?|d[ée]c(?:embre)?|dic(?:embre|iembre)?|dez(?:embro)?|ene(?:ro)?|gen(?:naio)?|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const numbered = `${day}[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:\\d{4}|\\d{2})|(?:0?[1-9]|1[0-2])[/-]${day}[/-](?:\\d{4}|\\d{2})|(?:19|20)\\d{2}[./-](?:0?[1-9]|1[0-2])[./-]${day}`;
const worded = `${day}(?:st|nd|rd|th|\\.|er|º)?[ -](?:of |de |d')?(?:${months})\\.?,?[ -](?:de |del |do )?(?:\\d{4}|'?\\d{2})|(?:${months})\\.? ${day}(?:st|nd|rd|th)?,? (?:\\d{4}|'\\d{2})|(?:${months})\\.? (?:de )?(?:19|20)\\d{2}|(?:19|20)\\d{2} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日|(?:19|20)\\d{2} ?년 ?\\d{1,2} ?월 ?\\d{1,2} ?일`;
const time =
  '(?:[T ,]{1,2}(?:at )?\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?(?:am|pm|AM|PM))?(?:Z| ?[+-]\\d{2}:?\\d{2})?)?';
// matches: "24.12.1985", "12/24/85", "1985-12-24T10:30:00Z", "24 December 1985", "24. Dezember 1985", "1985年12月24日"
// not: "December 24", "192.168.1.1"
const date = new RegExp(`(?<![\\p{L}\\d./-])(?:${numbered}|${worded})${time}(?![\\p{L}\\d]|[./-]\\d)`, 'giu');

// matches before a date: "DOB: ", "born on ", "geboren am ", "生年月日："
// not: "Expires: ", "DOB:\n" (the label is on another line)
const bornBefore =
  /(?:\bd\.? ?o\.? ?b\b|birth|\bborn\b|b-?day|\bgeb(?:oren|urt\w*|\.)|naissance|\bn[ée]e? (?:le|à|en)|nacimiento|nacid[oa]|nascita|\bnat[oa] (?:il|a)|nascimento|nascid[oa]|geboorte|geboren|urodz|ur\.|födelse|född|fødsel|født|syntymä|narozen|рождени|родил|doğum|生年月日|誕生|生日|出生|생년월일|생일|تاريخ الميلاد|जन्म)[^\n]{0,40}$/iu;
// A word between the word of birth and the date that gives the date another meaning.
// matches before a date: "birth certificate issued ", "valid until "
// not: "date of birth: "
const otherDate = /(?:expir|valid|issued|since|until|joined|created|updated)[^\n]{0,20}$/i;

/** Finds dates after a word of birth on the same line or the line above. */
export const findBirthDates: Detector = (text) =>
  findAll(text, 'birth-date', (before) => bornBefore.test(before) && !otherDate.test(before));

/** Finds all dates with a year, including a time of day after them. */
export const findDates: Detector = (text) => findAll(text, 'date', () => true);

function findAll(text: string, kind: 'date' | 'birth-date', isMeant: (before: string) => boolean): Finding[] {
  const found: Finding[] = [];
  for (const { match, start, end, window } of matchWindows(
    digitWindows(text, { before: 60, after: 36, least: 4 }),
    date,
  )) {
    const before = window.text.slice(Math.max(0, match.index - 60), match.index).replace(/\n(?=[^\n]{0,12}$)/, ' ');
    if (isMeant(before)) found.push({ start, end, kind });
  }
  return found;
}
