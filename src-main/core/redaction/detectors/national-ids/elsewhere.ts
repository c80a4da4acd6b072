import { passesLuhn } from '../card';
import { beginsWithDate, digitsOf, passesTwoChecks, passesVerhoeff, remainder, weighted } from './check-digits';
import type { IdRule } from './rule';

export const otherIds: readonly IdRule[] = [
  // An ITIN has the same form and starts with 9.
  { name: 'US SSN and ITIN', form: '(?!000|666)\\d{3}([-. ])(?!00)\\d{2}\\1(?!0000)\\d{4}' },
  {
    name: 'US SSN in one piece',
    form: '(?!000|666)\\d{9}',
    words: 'ssn|social security|social insurance|itin|tax ?id',
  },
  { name: 'US EIN', form: '\\d{2}-\\d{7}', words: 'ein|employer|tax' },
  {
    name: 'US Medicare',
    form: '[1-9][A-HJ-KMNP-RT-Y][A-HJ-KMNP-RT-Y\\d]\\d-?[A-HJ-KMNP-RT-Y][A-HJ-KMNP-RT-Y\\d]\\d-?[A-HJ-KMNP-RT-Y]{2}\\d{2}',
  },
  { name: 'CA SIN', form: '\\d{3}([- ])\\d{3}\\1\\d{3}', check: passesLuhn },
  { name: 'CA SIN in one piece', form: '\\d{9}', words: 'sin|social insurance|\\bnas\\b', check: passesLuhn },
  {
    name: 'BR CPF',
    form: '\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}',
    check: (id) => passesTwoChecks(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]),
  },
  {
    name: 'BR CNPJ',
    form: '\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}',
    check: (id) => passesTwoChecks(id, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
  },
  {
    name: 'AR CUIT',
    form: '(?:20|2[3-7]|3[034])-?\\d{8}-?\\d',
    check: (id) => (11 - (weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id[10]),
  },
  { name: 'CL RUT', form: '\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dK]', check: (id) => isRut(id) },
  { name: 'MX CURP', form: '[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z\\d]\\d', check: (id) => beginsWithDate(id.slice(4)) },
  { name: 'MX RFC', form: '[A-ZÑ&]{3,4}\\d{6}[A-Z\\d]{3}', check: (id) => beginsWithDate(id.replace(/^[^\d]+/, '')) },
  { name: 'IN Aadhaar in groups', form: '[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}', check: passesVerhoeff },
  { name: 'IN Aadhaar', form: '[2-9]\\d{11}', words: 'aadha?ar|uidai|आधार', check: passesVerhoeff },
  { name: 'IN PAN', form: '[A-Z]{3}[ABCFGHLJPT][A-Z]\\d{4}[A-Z]' },
  { name: 'JP My Number in groups', form: '\\d{4}([ -])\\d{4}\\1\\d{4}', check: (id) => isMyNumber(id) },
  { name: 'JP My Number', form: '\\d{12}', words: 'my ?number|マイナンバー|個人番号', check: (id) => isMyNumber(id) },
  { name: 'KR RRN', form: '\\d{6}-[1-8]\\d{6}', check: (id) => beginsWithDate(id) },
  {
    name: 'CN resident identity',
    form: '[1-9]\\d{5}(?:19|20)\\d{9}[\\dX]',
    check: (id) =>
      beginsWithDate(id.slice(6), 4) &&
      '10X98765432'[weighted(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === id[17],
  },
  { name: 'TW identity', form: '[A-Z][1289]\\d{8}', check: (id) => isTaiwanId(id) },
  { name: 'HK identity', form: '[A-Z]{1,2}\\d{6} ?\\([\\dA]\\)' },
  { name: 'SG NRIC', form: '[STFGM]\\d{7}[A-Z]', check: (id) => isNric(id) },
  { name: 'MY MyKad', form: '\\d{6}-\\d{2}-\\d{4}', check: (id) => beginsWithDate(id) },
  {
    name: 'TH identity',
    form: '[1-8]-?\\d{4}-?\\d{5}-?\\d{2}-?\\d',
    check: (id) => (11 - (weighted(id, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(id[12]),
  },
  { name: 'ID NIK', form: '\\d{16}', words: 'nik|ktp' },
  {
    name: 'AU TFN',
    form: '\\d{3} ?\\d{3} ?\\d{2,3}',
    words: 'tfn|tax file',
    check: (id) => weighted(id.padEnd(9, '0'), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
  {
    name: 'AU Medicare',
    form: '[2-6]\\d{3}[ -]?\\d{5}[ -]?\\d(?:[ -/]?\\d)?',
    words: 'medicare',
    check: (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(id[8]),
  },
  { name: 'AU ABN', form: '\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}', words: 'abn|business number', check: (id) => isAbn(id) },
  { name: 'NZ IRD', form: '\\d{2,3}-?\\d{3}-?\\d{3}', words: 'ird' },
  { name: 'ZA identity', form: '\\d{6} ?\\d{4} ?[01]\\d{2}', check: (id) => beginsWithDate(id) && passesLuhn(id) },
  { name: 'IL identity', form: '\\d{9}', words: 'teudat|t\\.?z\\.?|זהות', check: passesLuhn },
  {
    name: 'a number after its name',
    form: '(?=[A-Z-]{0,6}(?:[A-Z -]?\\d){5})[A-Z\\d](?:[ -]?[A-Z\\d]){4,17}',
    words:
      "passport(?: (?:number|no\\.?|#))?|driver'?s?.?licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no)|national id|identity (?:card|number)|id card|personal (?:id|number)|tax (?:id|number)|tin|vat id|insurance (?:number|no)|medical record|mrn|account (?:number|no)|dni|nie|cpf|rut|cédula|curp|carné|pasaporte|permis de conduire|passeport|carta d'identità|patente|führerschein|steuernummer|steuer-id|rijbewijs|paspoort|身份证|护照|パスポート|免許|旅券|여권|주민",
  },
];

function isRut(id: string): boolean {
  let sum = 0;
  const body = id.slice(0, -1);
  for (let index = 0; index < body.length; index++) sum += Number(body[body.length - 1 - index]) * (2 + (index % 6));
  return '0K987654321'.charAt(sum % 11) === id.at(-1);
}

function isMyNumber(id: string): boolean {
  const rest = weighted(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === Number(id[11]);
}

function isTaiwanId(id: string): boolean {
  const area = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(id.charAt(0)) + 10;
  return (Math.floor(area / 10) + (area % 10) * 9 + weighted(id.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 === 0;
}

function isNric(id: string): boolean {
  const first = id.charAt(0);
  const offset = first === 'T' || first === 'G' ? 4 : first === 'M' ? 3 : 0;
  const rest = (weighted(id.slice(1), [2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
  if (first === 'S' || first === 'T') return 'JZIHGFEDCBA'[rest] === id[8];
  return first === 'M' ? 'KLJNPQRTUWX'.includes(id.charAt(8)) : 'XWUTRQPNMLK'[rest] === id[8];
}

function isAbn(id: string): boolean {
  const [first = 0, ...others] = digitsOf(id);
  return (
    remainder(String(weighted([first - 1, ...others].join(''), [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19])), 89) === 0
  );
}
