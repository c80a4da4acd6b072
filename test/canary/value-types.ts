import { createHash } from 'node:crypto';

/** A value and the texts that identify it, if they aren't the mark in it. */
export interface Value {
  value: string;
  needles: readonly string[];
}

/** Sixteen consonants, which don't form words. After the prefix `zq`, a mark doesn't occur by chance. */
const letters = 'bcdfghjklmnprstv';

/** Returns seven letters for the `n`th value of a type. `n` must be below 4096. */
function mark(type: number, n: number): string {
  const digits = [type >> 4, type & 15, n >> 8, (n >> 4) & 15, n & 15];
  return `zq${digits.map((digit) => letters[digit]).join('')}`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Permutes the numbers below `count`, so that consecutive values don't look alike. */
function spread(n: number, count: number): number {
  return (n * 7919 + 13) % count;
}

function pad(n: number, length: number): string {
  return String(n).padStart(length, '0');
}

/** Writes `n` in digits without a zero: exports contain many numbers with trailing zeros, such as times and ordinals. */
function zeroless(n: number, length: number): string {
  let digits = '';
  for (let left = n; digits.length < length; left = Math.floor(left / 9)) digits = String((left % 9) + 1) + digits;
  return digits;
}

function hash(type: number, n: number): string {
  return createHash('sha256').update(`${type} ${n}`).digest('hex');
}

function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return digits + String((10 - (sum % 10)) % 10);
}

function iban(account: string): string {
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${pad(Number(check), 2)}${account}`;
}

const inGroups = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

/** Replaces the letters of a mark by those of another script. `script` has eighteen letters. */
function inScript(text: string, script: string): string {
  const characters = [...script];
  return [...text].map((letter) => characters[`${letters}zq`.indexOf(letter)] ?? letter).join('');
}
const cyrillic = 'бгджзилпфцчшщэюяъы';
const han = '霍穆岑魏薛瞿鄢鲍欧阳慕容尉迟赫连澹薇';

type Make = (n: number, mark: string, type: number) => string | Value;

const numeric = (value: string, ...written: string[]): Value => ({
  value,
  needles: [...new Set([value, ...written])].map((needle) => needle.toLowerCase()),
});
const digits = (value: string): Value => numeric(value, value.replace(/\D/g, ''));

/** The types of personal and company data in recordings. */
const types: Readonly<Record<string, Make>> = {
  person: (_, m) => `${capital(m)} X${m}`,
  email: (_, m) => `${m}.v${m}@${m}mail.test`,
  'user name': (n, m) => `${m}_${n}`,
  handle: (_, m) => `@${m}`,
  company: (_, m) => `${capital(m)} Consulting GmbH`,
  street: (n, m) => `${capital(m)}strasse ${n}`,
  city: (_, m) => `${capital(m)}burg`,
  sentence: (_, m) => `My landlord ${capital(m)} owes me two months`,
  diagnosis: (_, m) => `chronic ${m}itis`,
  password: (n, m) => `${capital(m)}!${n}x`,
  'file path': (_, m) => `/Users/${m}/Documents/tax.pdf`,
  'url with a user': (_, m) => `https://${m}:v${m}@intern.${m}.test/reset?token=${m}`,
  'order number': (n, m) => `ORD-${m.toUpperCase()}-${n}`,
  'api key': (n, m) => `sk_test_${m}${pad(n, 4)}DarjtT1zdp7dc`,
  'cloud key': (_, m) => `AKIA${m.toUpperCase()}Q7ZWK2MXB`,
  jwt: (n, m, type) => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signature = Buffer.from(hash(type, n), 'hex').toString('base64url');
    const value = `${part({ alg: 'HS256' })}.${part({ sub: m, name: `Z ${m}` })}.${signature}`;
    return { value, needles: [m, signature.toLowerCase()] };
  },
  'session id': (n, _, type) => numeric(`sess_${hash(type, n).slice(0, 24)}`, hash(type, n).slice(0, 24)),
  uuid: (n, _, type) => {
    const hex = hash(type, n);
    const value = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    return numeric(value, value.replaceAll('-', ''));
  },
  'tax number': (n, m) => {
    const value = `${m.slice(0, 5).toUpperCase()}${pad(spread(n, 10_000), 4)}K`;
    return numeric(value);
  },
  iban: (n) => {
    const value = iban(`37040044${pad(7_000_000_000 + spread(n, 4096), 10)}`);
    return numeric(inGroups(value), value);
  },
  card: (n) => {
    const value = withCheckDigit(`411188${pad(300_000_000 + spread(n, 4096) * 7919, 9)}`);
    return numeric(inGroups(value), value);
  },
  'phone with country': (n) => digits(`+49 176 ${80_000_000 + spread(n, 4096) * 241}`),
  'national phone': (n) => digits(`(415) ${555 + (n >> 8)}-${pad(spread(n, 9000) + 1000, 4)}`),
  'social security number': (n) => digits(`${pad(200 + (n >> 6), 3)}-${pad(11 + (n & 63), 2)}-${pad(1000 + n, 4)}`),
  'ip address': (n) => numeric(`198.18.${n >> 6}.${100 + (n & 63)}`),
  'ipv6 address': (n) => numeric(`2001:db8:77:${(0x1000 + n).toString(16)}::${(0x2000 + n).toString(16)}`),
  'mac address': (n, _, type) => {
    const hex = hash(type, n).slice(0, 12);
    return numeric(hex.replace(/(..)(?=.)/g, '$1:'), hex);
  },
  coordinates: (n) => {
    const [lat, lon] = [`52.5${zeroless(n, 5)}`, `13.4${zeroless(n, 5)}`];
    return { value: `${lat}, ${lon}`, needles: [lat, lon] };
  },
  'date of birth': (n) => {
    const date = new Date(Date.UTC(1931, 0, 1 + n * 5)).toISOString().slice(0, 10);
    return numeric(date, date.split('-').reverse().join('.'), date.replaceAll('-', ''));
  },
  amount: (n) => numeric(`1,00${(n >> 10) + 1},${pad(n & 1023, 3)}.58`, `100${(n >> 10) + 1}${pad(n & 1023, 3)}.58`),
  // Neither the number nor its reverse is the id of a node.
  'one-time code': (n) => numeric(`8${zeroless(n, 4)}9`),
  'cyrillic name': (_, m) => numeric(capital(inScript(m, cyrillic))),
  'chinese name': (_, m) => numeric(inScript(m, han)),
};

export const typeNames: readonly string[] = Object.keys(types);

/** Returns the `n`th value of a type. No other value has the same needles. */
export function makeValue(type: string, n: number): Value {
  const ordinal = typeNames.indexOf(type);
  const m = mark(ordinal, n);
  const made = types[type]?.(n, m, ordinal) ?? '';
  return typeof made === 'string' ? { value: made, needles: [m] } : made;
}
