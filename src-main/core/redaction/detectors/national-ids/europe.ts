import { passesLuhn } from '../card';
import { beginsWithDate, digitsOf, isDay, passesMod1110, remainder, weighted } from './check-digits';
import type { IdRule } from './rule';

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const hetuLetters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

export const europeanIds: readonly IdRule[] = [
  {
    name: 'GB national insurance',
    form: '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[A-D]',
  },
  {
    name: 'GB NHS',
    form: '\\d{3}[ -]?\\d{3}[ -]?\\d{4}',
    words: 'nhs',
    check: (id) => (11 - (weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id[9]),
  },
  {
    name: 'DE Steuer-ID in groups',
    form: '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}',
    check: (id) => isSteuerId(id),
  },
  {
    name: 'DE Sozialversicherung',
    form: '\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}',
    check: (id) => isDay(id.slice(4, 6), id.slice(2, 4)),
  },
  { name: 'DE identity card', form: '[CFGHJKLMNPRTVWXYZ0-9]{9}\\d?', words: 'personalausweis|ausweis|reisepass' },
  {
    name: 'FR NIR',
    form: '[1278][ .]?\\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\\d)[ .]?(?:\\d{2}|2[AB])[ .]?\\d{3}[ .]?\\d{3}[ .]?\\d{2}',
    check: (id) => 97 - remainder(id.slice(0, 13).replace('2A', '19').replace('2B', '18'), 97) === Number(id.slice(13)),
  },
  {
    name: 'ES DNI',
    form: '\\d{2}\\.?\\d{3}\\.?\\d{3}[- ]?[A-Z]',
    check: (id) => dniLetters[Number(id.slice(0, 8)) % 23] === id[8],
  },
  {
    name: 'ES NIE',
    form: '[XYZ][- ]?\\d{7}[- ]?[A-Z]',
    check: (id) => dniLetters[Number(`${'XYZ'.indexOf(id.charAt(0))}${id.slice(1, 8)}`) % 23] === id[8],
  },
  {
    name: 'IT codice fiscale',
    form: '[A-Z]{6}[\\dL-NP-V]{2}[A-EHLMPRST][\\dL-NP-V]{2}[A-Z][\\dL-NP-V]{3}[A-Z]',
    check: (id) => isCodiceFiscale(id),
  },
  { name: 'IT codice fiscale by form', form: '[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]' },
  {
    name: 'NL BSN',
    form: '\\d{3}[ .]?\\d{3}[ .]?\\d{3}|\\d{4}[ .]\\d{2}[ .]\\d{3}',
    words: 'bsn|burgerservice|sofi',
    check: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  {
    name: 'PL PESEL',
    form: '\\d{11}',
    check: (id) =>
      isDay(Number(id.slice(2, 4)) % 20, id.slice(4, 6)) && weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  {
    name: 'PL NIP',
    form: '\\d{3}-?\\d{3}-?\\d{2}-?\\d{2}|\\d{3}-\\d{2}-\\d{2}-\\d{3}',
    words: 'nip|podatk',
    check: (id) => weighted(id, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(id[9]),
  },
  {
    name: 'SE personnummer',
    form: '(?:19|20)?\\d{6}[-+]\\d{4}',
    check: (id) => beginsWithDate(id.slice(-10)) && passesLuhn(id.slice(-10)),
  },
  {
    name: 'SE personnummer in one piece',
    form: '(?:19|20)?\\d{10}',
    words: 'person(?:nummer|nr)|pnr',
    check: (id) => passesLuhn(id.slice(-10)),
  },
  { name: 'NO fødselsnummer', form: '\\d{6} ?\\d{5}', check: (id) => isFodselsnummer(id) },
  { name: 'DK CPR', form: '\\d{6}-\\d{4}', check: (id) => isDay(id.slice(2, 4), id.slice(0, 2)) },
  {
    name: 'FI henkilötunnus',
    form: '\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]',
    check: (id) => {
      const digits = id.replace(/\D/g, '').slice(0, 9);
      return isDay(id.slice(2, 4), id.slice(0, 2)) && hetuLetters[Number(digits) % 31] === id.at(-1);
    },
  },
  {
    name: 'BE rijksregisternummer',
    form: '\\d{2}\\.?\\d{2}\\.?\\d{2}-?\\d{3}[.-]?\\d{2}',
    check: (id) =>
      beginsWithDate(id) &&
      ['', '2'].some((century) => 97 - remainder(century + id.slice(0, 9), 97) === Number(id.slice(9))),
  },
  {
    name: 'CH AHV',
    form: '756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}',
    check: (id) => weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  {
    name: 'AT Sozialversicherung',
    form: '\\d{4}[ -]?\\d{6}',
    words: 'svnr|sv-?nummer|sozialvers|versicherung',
    check: (id) => weighted(id, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(id[3]),
  },
  {
    name: 'PT NIF',
    form: '\\d{3} ?\\d{3} ?\\d{3}',
    words: 'nif|contribuinte',
    check: (id) => ((11 - (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(id[8]),
  },
  {
    name: 'RO CNP',
    form: '[1-8]\\d{12}',
    check: (id) =>
      beginsWithDate(id.slice(1)) && (weighted(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === Number(id[12]),
  },
  {
    name: 'CZ rodné číslo',
    form: '\\d{6}/\\d{3,4}',
    check: (id) =>
      isDay((Number(id.slice(2, 4)) % 50) % 20, id.slice(4, 6)) && (id.length === 9 || Number(id) % 11 === 0),
  },
  {
    name: 'IE PPS',
    form: '\\d{7}[A-W][A-IW]?',
    check: (id) => {
      const second = id[8] === undefined ? 0 : id[8] === 'W' ? 0 : id.charCodeAt(8) - 64;
      return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(id, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23] === id[7];
    },
  },
  {
    name: 'RU СНИЛС',
    form: '\\d{3}-\\d{3}-\\d{3}[ -]\\d{2}',
    check: (id) => (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(id.slice(9)),
  },
  { name: 'RU passport', form: '\\d{2} ?\\d{2} ?\\d{6}', words: 'паспорт|passport' },
  { name: 'RU ИНН', form: '\\d{12}|\\d{10}', words: 'инн|inn' },
  {
    name: 'TR kimlik',
    form: '[1-9]\\d{10}',
    check: (id) => {
      const digits = digitsOf(id);
      const odd = [0, 2, 4, 6, 8].reduce((sum, index) => sum + (digits[index] ?? 0), 0);
      const even = [1, 3, 5, 7].reduce((sum, index) => sum + (digits[index] ?? 0), 0);
      const tenth = (odd * 7 - even + 100) % 10;
      return tenth === digits[9] && (odd + even + tenth) % 10 === digits[10];
    },
  },
];

/** Checks a German tax number: one of its first ten digits occurs two or three times, and the last digit is the check digit. */
function isSteuerId(id: string): boolean {
  const kinds = new Set(id.slice(0, 10)).size;
  return (kinds === 8 || kinds === 9) && passesMod1110(id);
}

function isCodiceFiscale(id: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = id.charCodeAt(index);
    const value = code < 65 ? code - 48 : code - 65;
    sum += index % 2 === 0 ? (oddValues[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

function isFodselsnummer(id: string): boolean {
  return (
    isDay(Number(id.slice(2, 4)) % 40, Number(id.slice(0, 2)) % 40) &&
    weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}
