/** Values that are private by their form, in any text. */

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
/** 13 to 19 digits without separators, or grouped as on cards. */
const card = /(?<![\d.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)/g;
/** An identity number in groups, such as 078-05-1120 or 1234 5678 9012. */
const grouped = /(?<![\d.-])(?:\d{3}-\d{2}-\d{4}|\d{4} \d{4} \d{4})(?![\d-])/g;
const phone = /(?<![\d.+])(?:\+\d[\d ().-]{6,18}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?!\d)/g;
/** An `@` and a name, as in social networks, but not the scope of a package or a rule of a style sheet. */
const handle = /(?<![\p{L}\p{N}@._%+\/-])@[\p{L}\p{N}_][\p{L}\p{N}_.-]{3,40}(?![\p{L}\p{N}_\/@-])/gu;
const styleRule =
  /^@(?:charset|container|counter-style|document|font-(?:face|feature-values|palette-values)|import|keyframes|layer|media|namespace|page|position-try|property|scope|starting-style|supports|view-transition)$/i;
/** IPv4 addresses except the loopback's, and MAC addresses. */
const computer = /(?<![\d.])(?!127\.)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi;
/** Groups of hexadecimal digits and colons, as in IPv6 addresses. */
const colonGroups = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi;
/** Fewer digits than these may be a time, a line and a column, or the loopback address. */
const fewestDigits = { shortened: 6, full: 12 };
/** Seven digits or more, in any grouping. */
const longNumbers = /\+?\(?\d(?:[ (),.\/-]{0,2}\d){6,24}/g;
const inPairs = /^\+?\(?\d\d\)?([ .-])\d\d(?:\1\d\d){2,}$/;
/** A key, a token or a document number: letters and at least three digits without a separator. */
const token = /[A-Za-z0-9_-]{8,400}/g;

export function findEmails(text: string): string[] {
  return text.includes('@') ? (text.match(email) ?? []) : [];
}

export function findHandles(text: string): string[] {
  return text.includes('@') ? (text.match(handle) ?? []).filter((found) => !styleRule.test(found)) : [];
}

export function findNumbers(text: string): string[] {
  if (!/\d\D?\d|::/.test(text)) return [];
  const cards = (text.match(card) ?? []).filter((number) => hasCheckDigit(digitsOf(number)));
  const computers = [...(text.match(computer) ?? []), ...(text.match(colonGroups) ?? []).filter(isLongAddress)];
  return [...cards, ...(text.match(grouped) ?? []), ...(text.match(phone) ?? []), ...computers];
}

/** Returns true for eight groups, or fewer with one `::`, and enough digits to identify a computer. */
function isLongAddress(text: string): boolean {
  const gaps = text.split('::').length - 1;
  const groups = text.split(':').filter((group) => group !== '').length + (text.includes('.') ? 1 : 0);
  const digits = text.replaceAll(':', '').length;
  if (!/\d/.test(text)) return false;
  return gaps === 0
    ? groups === 8 && digits >= fewestDigits.full
    : gaps === 1 && groups <= 7 && digits >= fewestDigits.shortened;
}

/** Returns numbers of seven digits or more, but no list of single digits, and pairs only if they are grouped like a phone number. */
export function findLongNumbers(text: string): string[] {
  if (!/\d\d/.test(text)) return [];
  return (text.match(longNumbers) ?? []).filter((number) => /\d{3}/.test(number) || inPairs.test(number));
}

export function findTokens(text: string): string[] {
  if (!/\d/.test(text)) return [];
  return (text.match(token) ?? []).filter(
    (piece) => /[A-Za-z]/.test(piece) && digitsOf(piece).length >= 3 && !/^\d+x\d+$/.test(piece),
  );
}

/** Returns the values in the query and the fragment of an address, unchanged and decoded. */
export function findQueryValues(text: string): string[] {
  if (!text.includes('=')) return [];
  const found: string[] = [];
  for (const [, value = ''] of text.matchAll(/[?&#][^=&#?;\s"'<>]{1,80}=([^&#\s"'<>]{5,2000})/g)) {
    found.push(value);
    const decoded = decodeQuery(value);
    if (decoded !== value) found.push(decoded);
  }
  return found;
}

function decodeQuery(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** The Luhn check that card numbers pass. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
