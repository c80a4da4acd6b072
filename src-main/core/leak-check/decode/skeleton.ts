/** Maps all the ways in which Unicode can write what a reader sees as the same text to one form. */

const invisible = /[\p{Cf}\p{Mn}\p{Me}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
const dashes = /[\u2010-\u2015\u2212\u2043\u02d7\ufe58\ufe63\uff0d]/g;

/** Characters of other scripts that look like a Latin letter, in lower case, by that letter. */
const lookalikes = new Map<string, string>(
  Object.entries({
    a: 'аɑα',
    b: 'ьƅв',
    c: 'сϲᴄ',
    d: 'ԁɗ',
    e: 'еҽєε',
    f: 'ғƒ',
    g: 'ɡց',
    h: 'һհн',
    i: 'іıɩιӏ',
    j: 'јϳ',
    k: 'кκ',
    l: 'ⅼ|',
    m: 'мм',
    n: 'пոռη',
    o: 'оοօ',
    p: 'рρ',
    q: 'ԛգ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵν',
    w: 'ԝωѡ',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢζ',
  }).flatMap(([latin, others]) =>
    [...others].filter((other) => other !== '|').map((other): [string, string] => [other, latin]),
  ),
);

/** Small capitals, which have no compatibility form, by their letter. */
for (const [latin, small] of Object.entries({
  a: 'ᴀ',
  b: 'ʙ',
  c: 'ᴄ',
  d: 'ᴅ',
  e: 'ᴇ',
  f: 'ꜰ',
  g: 'ɢ',
  h: 'ʜ',
  i: 'ɪ',
  j: 'ᴊ',
  k: 'ᴋ',
  l: 'ʟ',
  m: 'ᴍ',
  n: 'ɴ',
  o: 'ᴏ',
  p: 'ᴘ',
  q: 'ꞯ',
  r: 'ʀ',
  s: 'ꜱ',
  t: 'ᴛ',
  u: 'ᴜ',
  v: 'ᴠ',
  w: 'ᴡ',
  y: 'ʏ',
  z: 'ᴢ',
}))
  lookalikes.set(small, latin);

/** The digit zero of each script. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xaa50, 0xabf0, 0x104a0, 0x11066, 0x1d7ce, 0x1e950,
];

export function skeleton(text: string): string {
  return text
    .normalize('NFKD')
    .replace(invisible, '')
    .toLowerCase()
    .replace(dashes, '-')
    .replace(/\s+/g, ' ')
    .replace(/[^\x00-\x7f]/gu, simplify);
}

function simplify(letter: string): string {
  const latin = lookalikes.get(letter);
  if (latin !== undefined) return latin;
  if (!/\p{Nd}/u.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  const zero = zeros.find((from) => code >= from && code < from + 10);
  return zero === undefined ? letter : String(code - zero);
}
