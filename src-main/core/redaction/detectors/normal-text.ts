import unhomoglyph from 'unhomoglyph';

/** A normalised text, and the mapping of its offsets to the original. */
export interface NormalText {
  readonly text: string;
  /** Returns the range in the original of a range of `text` that isn't empty. */
  readonly original: (start: number, end: number) => [start: number, end: number];
}

/** Latin letters of one code point each: such text needs no normalisation. */
const plain = /^[\x20-\x7e\t\n\r\u00c0-\u013e\u0141-\u0148\u014a-\u017e]*$/;
const ignorable = /^[\p{Cf}\p{DI}]$/u;
const mark = /^\p{M}$/u;
const decimalDigit = /^\p{Nd}$/u;
const otherScript = /^(?!\p{Script=Latin})\p{L}$/u;
const wordPart = /^[\p{L}\p{N}\p{M}._%+@'-]$/u;
const unchanging =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Greek}]$/u;
const dashes: ReadonlySet<string> = new Set('‐‑‒–—―−﹣－⁃'.split(''));
const apostrophes: ReadonlySet<string> = new Set('‘’ʼ＇`´'.split(''));
/** Further marks on one letter are ignored: no language uses that many. */
const marksLimit = 16;

/**
 * Normalises a text: folds compatibility forms (NFKC), composes letters and marks, removes invisible characters, converts all digits, blanks,
 * dashes and apostrophes to ASCII, and replaces look-alike letters of other alphabets inside Latin words.
 */
export function normaliseText(original: string): NormalText {
  if (plain.test(original)) return { text: original, original: (start, end) => [start, end] };
  const writer = new Writer(original.length);
  for (let at = 0; at < original.length;) {
    const code = original.charCodeAt(at);
    const next = original.charCodeAt(at + 1);
    // Only a mark can change an ASCII character before it, and no mark is an ASCII character.
    if (code < 0x80 && !(next >= 0x80)) writer.add(original.charAt(at), at, ++at);
    else at = readCluster(original, at, writer);
  }
  return writer.finish();
}

function readCluster(original: string, at: number, writer: Writer): number {
  const first = String.fromCodePoint(original.codePointAt(at) ?? 0);
  let end = at + first.length;
  if (isIgnorable(first)) return end;
  let cluster = first;
  for (let marks = 0; end < original.length; marks++) {
    const code = original.charCodeAt(end);
    if (code < 0x80) break;
    const follower = String.fromCodePoint(original.codePointAt(end) ?? 0);
    if (!isIgnorable(follower)) {
      if (!mark.test(follower) && !isJamo(follower)) break;
      if (marks < marksLimit) cluster += follower;
    }
    end += follower.length;
  }
  writer.add(cluster.length === 1 ? foldCharacter(cluster) : foldCluster(cluster), at, end);
  return end;
}

/** Returns whether this is a conjoining vowel or final consonant of Hangul, which composes like a mark. */
function isJamo(character: string): boolean {
  return character >= '\u1160' && character <= '\u11ff';
}

const ignored = remembered((character) => (ignorable.test(character) ? 'yes' : ''));
function isIgnorable(character: string): boolean {
  return ignored(character) !== '';
}

const foldCharacter = remembered((character) => {
  if (character < '\x80') return character;
  if (dashes.has(character)) return '-';
  if (apostrophes.has(character)) return "'";
  if (character === '\u2028' || character === '\u2029' || character === '\x85') return '\n';
  if (decimalDigit.test(character)) return digitOf(character);
  if (unchanging.test(character)) return character.normalize('NFKC');
  return character.normalize('NFKC').replace(/\p{Zs}/gu, ' ');
});

function foldCluster(cluster: string): string {
  const folded = [...cluster.normalize('NFKC')];
  // Marks that don't compose with an ASCII character are dropped, for example in struck-through text.
  const kept = folded.filter((character, index) => index === 0 || !mark.test(character) || !isAscii(folded[0]));
  return kept.map(foldCharacter).join('');
}

function isAscii(character: string | undefined): boolean {
  return character !== undefined && character < '\x80';
}

/** Returns the ASCII digit. In Unicode, the decimal digits of a script are ten consecutive characters that start with zero. */
function digitOf(character: string): string {
  const compatible = character.normalize('NFKC');
  if (compatible >= '0' && compatible <= '9') return compatible;
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (before < 10 && decimalDigit.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

/** Returns the Latin letter or digit that a letter of another alphabet looks like, or else the letter itself. */
const lookAlike = remembered((character) => {
  if (!otherScript.test(character)) return character;
  const folded = unhomoglyph(character);
  return /^[A-Za-z0-9]$/.test(folded) ? folded : character;
});

/** Caches the results of `find`. Texts use few different characters. */
function remembered(find: (character: string) => string): (character: string) => string {
  const known = new Map<string, string>();
  return (character) => {
    let found = known.get(character);
    if (found === undefined) {
      found = find(character);
      if (known.size < 70_000) known.set(character, found);
    }
    return found;
  };
}

class Writer {
  private readonly pieces: string[] = [];
  private starts: Uint32Array;
  private ends: Uint32Array;
  private length = 0;
  /** The index in `pieces` of the current word's start. The word mixes alphabets if both flags are set. */
  private wordAt = 0;
  private hasLatin = false;
  private hasOther = false;

  constructor(expected: number) {
    this.starts = new Uint32Array(expected + 16);
    this.ends = new Uint32Array(expected + 16);
  }

  add(text: string, start: number, end: number): void {
    if (this.length + text.length > this.starts.length) this.grow(text.length);
    for (let index = 0; index < text.length; index++) {
      this.starts[this.length] = start;
      this.ends[this.length++] = end;
    }
    const isPart = isWordPart(text);
    if (!isPart) this.endWord();
    this.pieces.push(text);
    if (!isPart) this.wordAt = this.pieces.length;
    else if (/^[A-Za-z]/.test(text)) this.hasLatin = true;
    else if (text >= '\x80' && lookAlike(text) !== text) this.hasOther = true;
  }

  finish(): NormalText {
    this.endWord();
    const { starts, ends } = this;
    return {
      text: this.pieces.join(''),
      original: (start, end) => [starts[start] ?? 0, ends[end - 1] ?? 0],
    };
  }

  private endWord(): void {
    if (this.hasLatin && this.hasOther)
      // A look-alike and its replacement are both one UTF-16 unit, so the offsets stay valid.
      for (let index = this.wordAt; index < this.pieces.length; index++) {
        const piece = this.pieces[index] ?? '';
        if (piece.length === 1) this.pieces[index] = lookAlike(piece);
      }
    this.hasLatin = this.hasOther = false;
    this.wordAt = this.pieces.length;
  }

  private grow(by: number): void {
    const size = this.starts.length * 2 + by;
    const [starts, ends] = [new Uint32Array(size), new Uint32Array(size)];
    starts.set(this.starts);
    ends.set(this.ends);
    [this.starts, this.ends] = [starts, ends];
  }
}

const partOfWord = remembered((character) => (wordPart.test(character) ? 'yes' : ''));
function isWordPart(text: string): boolean {
  return partOfWord(text.length === 1 ? text : (text[0] ?? '')) !== '';
}
