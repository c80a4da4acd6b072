import type { Finding } from '../finding';
import { findCjkNames } from './cjk';
import { capitalisesNouns } from './other-words';
import { findLowerCaseNames } from './lower-case';
import { isToldAround } from './context-cues';
import { nameWords, type NameWord } from './words-of-text';

/** What may stand between two parts of a name. */
const link =
  /^(?:\.? |\. ?|, )(?:(?:van der|van den|van de|van|von der|von|de la|de los|de las|de|del|della|da|dos|das|do|di|du|der|den|ter|ten|la|le|el|al|bin|ibn|abu|af|av|zu|y|e|"[\p{L}]{2,14}"|'[\p{L}]{2,14}'|\([\p{L}]{2,14}\)) )?$|^ (?:d'|l'|al-|el-)$/u;
const particleBefore =
  /(?<=^|[^\p{L}])(?:van der|van den|van de|van|von der|von|de la|de|del|di|da|ter|ten|el|al|bin) $/iu;
const titleBefore =
  /(?<![\p{L}])(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|lord|lady|rev|fr|herr|frau|dr\. med|monsieur|madame|mademoiselle|mme|mlle|m|señora|señor|sr|sra|srta|don|doña|dott|sig|sig\.ra|signora|signor|dhr|mevr|mevrouw|meneer|de heer|senhora|senhor|dona|pan|pani|fru|господин|госпожа|г-н|г-жа|shri|smt)\.? $/iu;
const greetingBefore =
  /(?<![\p{L}])(?:dear|hi|hello|hey|hiya|welcome(?: back)?|thanks|thank you|cheers|congratulations|hallo|hoi|liebe[rs]?|sehr geehrte[rs]? (?:herr|frau)|bonjour|bonsoir|cher|chère|salut|hola|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|car[oa]|olá|prezad[oa]|beste|geachte|hej|kära|cześć|szanown[yai]|drogi|droga|здравствуйте|привет|уважаем(?:ый|ая)),? $/iu;
const introBefore =
  /(?:(?:my|your|his|her|their|the|whose)(?: full| first| last| maiden)? name(?:'s| is|:)|\bi am|\bi'm|\bthis is|\bit is|\bcall me|\bsigned(?: by)?|\bnamed|\bcalled|ich bin|ich heiße|mein name ist|je m'appelle|mon nom est|je suis|me llamo|mi nombre es|soy|mi chiamo|sono|meu nome é|eu sou|me chamo|mijn naam is|ik ben|ik heet|jag heter|mitt namn är|jeg heter|nazywam się|mam na imię|jestem|меня зовут|spoke (?:with|to)|ask for|assigned to|reported by|created by|invited by|signed in as|logged in as|shared (?:with|by)|on behalf of|attn:?|c\/o)[: ] ?$/iu;
const label =
  /(?:^|[\n\r,;|{"'>\t([ ])(?:[\p{L}_-]{2,20}[ _-]){0,2}(?:name|firstname|lastname|surname|fullname|customer|user|client|patient|owner|assignee|recipient|cardholder|account ?holder|passenger|guest|author|agent|contact|sender|from|to|cc|attendee|participant|employee|member|tenant|beneficiary|signatory|reviewer|reporter|requester|caller|vorname|nachname|kunde|kundin|benutzer|empfänger|ansprechpartner|nom|prénom|client|cliente|nombre|apellidos?|usuario|destinatario|titular|nome|cognome|sobrenome|utente|intestatario|naam|voornaam|achternaam|klant|namn|förnamn|efternamn|kund|navn|imię|imię i nazwisko|nazwisko|klient|имя|фамилия|фио|клиент|получатель|isim|ad soyad)["']?\s{0,2}[:=]\s{0,2}["']?$/iu;
const signatureBefore =
  /(?:regards|sincerely|cheers|thanks|best|yours|love|thank you|grüße|grüßen|cordialement|bien à vous|saludos|atentamente|saluti|atenciosamente|abraços|groet|groeten|hälsningar|pozdrawiam|с уважением)[,.!]?\s{1,4}[-–]{0,2} ?$/iu;
const companyBehind =
  /^,? (?:[Ii]nc|INC|[Ll]td|LTD|LLC|llc|[Cc]orp|CORP|[Cc]o\.|Co|CO|plc|PLC|[Gg]mbh|GmbH|GMBH|AG|SA|S\.A|S\.?r\.?l|SRL|B\.?V|N\.?V|KG|AB|AS|A\/S|O[Yy]|Pty|PTY|(?:[Gg]roup|[Hh]oldings?|[Aa]nd [Ss]ons|& [Ss]ons|& [Cc]o|[Bb]ank|[Uu]niversity|[Ss]chool|[Hh]ospital|[Ss]treet|St|[Rr]oad|Rd|[Aa]venue|Ave|Lane|Ln|Drive|Dr|Square|[Pp]ark|Bridge|[Cc]ounty|[Aa]irport|Boulevard|Blvd))(?![\p{L}])/u;
/**
 * The last letters of all that may stand before a name and say that it is one: quick to look at, so that the expressions above are tried where
 * one of them can match.
 */
const announcing =
  /[.:,=!"'\n\r]\s{0,3}[-–]{0,2} ?["']?$|(?:name|name's|names|is|am|i'm|me|by|by|with|to|for|of|as|o|bin|heiße|ist|appelle|suis|llamo|es|soy|chiamo|sono|é|sou|ben|heet|heter|är|jeg|się|imię|jestem|зовут|attn|named|called|signed|mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|lord|lady|rev|fr|herr|frau|med|monsieur|madame|mademoiselle|mme|mlle|m|señora|señor|sr|sra|srta|don|doña|dott|sig|signora|signor|dhr|mevr|mevrouw|meneer|heer|senhora|senhor|dona|pan|pani|fru|господин|госпожа|г-н|г-жа|shri|smt|dear|hi|hello|hey|hiya|welcome|back|thanks|you|cheers|congratulations|hallo|hoi|liebe[rs]?|bonjour|bonsoir|cher|chère|salut|hola|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|car[oa]|olá|prezad[oa]|beste|geachte|hej|kära|cześć|szanown[yai]|drogi|droga|здравствуйте|привет|уважаем(?:ый|ая)|regards|sincerely|best|yours|love) ?$/iu;
/** Longest run of words that is one name. */
const partsLimit = 5;

/** Names that nobody told: by lists of common ones, and by what stands before and behind. */
export function findUnseededNames(text: string): Finding[] {
  const words = nameWords(text);
  const found = words.length === 0 ? [] : findRuns(text, words);
  return found.concat(findLowerCaseNames(text), findCjkNames(text));
}

function findRuns(text: string, words: readonly NameWord[]): Finding[] {
  const found: Finding[] = [];
  // A line of headings has capitals everywhere; in a sentence they say something.
  const hasSentence = /(?:^|[ ,.!?])\p{Ll}{2,}(?:[ ,.!?]|$)/u.test(text);
  const hasNouns = capitalisesNouns.test(text.length > 20_000 ? text.slice(0, 20_000) : text);
  for (let index = 0; index < words.length;) {
    const run = runFrom(text, words, index);
    for (const name of namesInRun(text, run, hasSentence && !hasNouns)) found.push(name);
    index += run.length;
  }
  return found;
}

/** Words that follow each other with nothing but what a name may have between its parts. */
function runFrom(text: string, words: readonly NameWord[], from: number): NameWord[] {
  const run = [words[from] as NameWord];
  for (let index = from + 1; index < words.length; index++) {
    const [previous, next] = [words[index - 1] as NameWord, words[index] as NameWord];
    const gap = next.start - previous.end;
    if (gap > 18 || !link.test(text.slice(previous.end, next.start))) break;
    run.push(next);
  }
  return run;
}

function namesInRun(text: string, run: readonly NameWord[], isTelling: boolean): Finding[] {
  const found: Finding[] = [];
  for (let index = 0; index < run.length; index++) {
    const length = nameLength(text, run, index, isTelling);
    if (length === 0) continue;
    const [first, last] = [run[index] as NameWord, run[index + length - 1] as NameWord];
    const particle =
      length === 1 || index === 0 ? particleBefore.exec(text.slice(Math.max(0, first.start - 10), first.start)) : null;
    const start = first.start - (particle && first.sort !== 'given' ? particle[0].length : 0);
    found.push({ start, end: last.end, kind: 'person' });
    index += length - 1;
  }
  return found;
}

/** How many words from here are one name; 0 for none. */
function nameLength(text: string, run: readonly NameWord[], from: number, isTelling: boolean): number {
  const first = run[from] as NameWord;
  if (first.sort === 'initial' && run[from + 1]?.sort === 'initial' && run[from + 2]?.sort === 'initial') return 0;
  const before = text.slice(Math.max(0, first.start - 60), first.start);
  const rest = run.slice(from, from + partsLimit);
  const other = rest.findIndex((word, index) => word.sort === 'other' && !(index > 0 && word.hasSurnameEnding));
  let parts = other < 0 ? rest : rest.slice(0, other);
  // A comma parts "Raman, Priya"; it also parts two persons, or a greeting from a sentence.
  const comma = parts.findIndex(
    (part, index) => index > 0 && text.slice((parts[index - 1] as NameWord).end, part.start).includes(','),
  );
  if (comma > 0 && !(comma === 1 && isSurnameFirst(parts))) parts = parts.slice(0, comma);
  const told = announcing.test(before) ? toldBy(before, text, first) : undefined;
  if (parts.length === 0) return told === 'title' || told === 'label' ? toldLength(rest, told) : 0;
  const last = parts[parts.length - 1] as NameWord;
  if (companyBehind.test(text.slice(last.end, last.end + 14))) return 0;
  if (told !== undefined) return withoutInitialTail(parts);
  const isName =
    isNameByItself(parts, isTelling) ||
    (first.sort !== 'initial' && isToldAround(parts, before, text.slice(last.end, last.end + 60)));
  return isName ? withoutInitialTail(parts) : 0;
}

/** By the lists, and by how its parts are written. */
function isNameByItself(parts: readonly NameWord[], isTelling: boolean): boolean {
  const has = (sort: NameWord['sort']): boolean => parts.some((part) => part.sort === sort);
  if (has('given')) return true;
  if (parts.length === 1) return has('surname') && isTelling;
  const others = parts.filter(({ sort }) => sort !== 'initial' && sort !== 'other');
  if (others.length === 0) return false;
  if (has('surname') || hasMiddleInitial(parts) || parts.some(({ hasSurnameEnding }) => hasSurnameEnding)) return true;
  if (!isTelling) return false;
  return has('doubtful-given') || (parts.length <= 4 && others.every(({ text: word }) => word.length >= 3));
}

/** "Stephan M. Urner": between two words that are no others stands a letter alone. */
function hasMiddleInitial(parts: readonly NameWord[]): boolean {
  return parts.some(
    ({ sort, text }, index) =>
      sort === 'initial' && text !== 'I' && index > 0 && (parts[index + 1]?.text.length ?? 0) > 2,
  );
}

function isSurnameFirst(parts: readonly NameWord[]): boolean {
  const [surname, given] = parts;
  return (
    (surname?.hasSurnameEnding === true || surname?.sort === 'surname' || surname?.sort === 'unknown') &&
    (given?.sort === 'given' || given?.sort === 'doubtful-given')
  );
}

function toldBy(before: string, text: string, first: NameWord): 'title' | 'label' | 'greeting' | undefined {
  if (titleBefore.test(before)) return 'title';
  if (label.test(before)) return 'label';
  if (first.sort === 'other') return undefined;
  if (introBefore.test(before) || signatureBefore.test(before)) return 'greeting';
  // "Thanks Team" and "Hello World" are no names: their words are known.
  return greetingBefore.test(before) && /^[\s,.!;:)]|^$|^ \p{L}/u.test(text.slice(first.end, first.end + 2))
    ? 'greeting'
    : undefined;
}

/** After a title even a plain word is a name ("Mr. Brown"); after a label only if there are two ("Name: Rose Gray"). */
function toldLength(rest: readonly NameWord[], told: 'title' | 'label'): number {
  const names = rest.filter(({ hasSurnameEnding, sort }) => hasSurnameEnding || sort !== 'other').length;
  if (told === 'title')
    return rest[0]?.hasSurnameEnding === true
      ? Math.min(rest.length, 2) - (rest.length > 1 && rest[1]?.sort === 'other' && !rest[1].hasSurnameEnding ? 1 : 0)
      : 0;
  return names >= 2 && rest.length <= 3 ? rest.length : 0;
}

/** "Anna Smith I" ends with a word of the sentence. */
function withoutInitialTail(parts: readonly NameWord[]): number {
  const last = parts[parts.length - 1] as NameWord;
  return parts.length > 1 && last.sort === 'initial' && last.text === 'I' ? parts.length - 1 : parts.length;
}
