import type { SessionEvent } from '../../contract/recorded-event';
import type { Allowed } from './allowed';
import { skeleton } from './decode/skeleton';
import {
  digitsOf,
  findEmails,
  findHandles,
  findLongNumbers,
  findNumbers,
  findQueryValues,
  findTokens,
} from './entities';
import { Hosts } from './hosts';
import { isShown, ShownTexts } from './page-texts';
import { PageWords } from './page-words';
import { styleWords } from './style-words';
import { isUnparted } from './unsegmented-scripts';
import { TypedValues, type TypedValue } from './typed-values';
import { walkEvent, type Leaf } from './walk-event';

/** What the gate looks for. Plain data, but secret: it never leaves the process that redacts. */
export interface Originals {
  /** Found wherever they stand. */
  readonly texts: readonly string[];
  /** Short or plain values, which harmless content also holds: found only as a whole text or a word of one. */
  readonly leaves: readonly string[];
}

export interface OriginalsCollector {
  add(event: SessionEvent): void;
  finish(): Originals;
}

/** More than this many are not kept: the largest recordings seen have hundreds. */
const originalsLimit = 100_000;

/** Long values are looked for by their beginning. */
const textLimit = 200;

/** Shorter values stand in harmless content by chance. */
const shortest = 5;

const dayMs = 86_400_000;

/** Markup, scripts and traces, which many sessions share: of them the addresses and numbers are kept, and no piece. */
function isDocument(text: string): boolean {
  return text.length > 300 || /^\s*</.test(text) || /\n/.test(text);
}

/** Keys under which a body holds a person's words even when they are plain ones. */
const personalKey =
  /^(?:full|first|last|given|family|sur|middle|user|customer|owner|holder|contact|recipient|billing|shipping|display|card)?[-_ ]?(?:name|customer|owner|holder|recipient|address|street|city|password|passwd|secret)\d?$/i;

const secretHeader = /^(?:authorization|proxy-.+|cookie|set-cookie|x-.+)$/i;

/** Few hexadecimal digits stand in every id and every escape by chance, so they are looked for as a word. */
const shortHex = /^(?:\\u)?[0-9a-f-]{1,7}$/i;

function isShortHex(text: string): boolean {
  return shortHex.test(/^[\x20-\x7e]*$/.test(text) ? text : skeleton(text));
}

/** Under no policy: what was typed, sent and found by its form is private, and texts of pages are let stand. */
const anyText: Allowed = {
  isKnownWord: () => false,
  isCommonWord: () => false,
  isShared: () => false,
  staysText: true,
};

/** Collects what must not be in an export, from the events as they were recorded and in the order of time. Never throws on their shape. */
export function createOriginalsCollector({
  isKnownWord,
  isCommonWord,
  isShared,
  staysText,
}: Allowed = anyText): OriginalsCollector {
  const texts = new Set<string>();
  const leaves = new Set<string>();
  const shown = new ShownTexts({ isKnownWord, isCommonWord, isShared });
  const words = new PageWords();
  const typed = new TypedValues();
  const hosts = new Hosts();
  let earliest = Infinity;
  let latest = -Infinity;

  function keep(text: string): void {
    const trimmed = text.trim();
    if (trimmed.length < shortest && !isUnparted(trimmed)) return;
    if (texts.size >= originalsLimit) return;
    if (isShortHex(trimmed)) leaves.add(trimmed).add(skeleton(trimmed));
    else texts.add(trimmed.slice(0, textLimit));
  }

  /** A moment of the session itself is in every export that says when it was. */
  function isMoment(text: string): boolean {
    const number = /^\d{10}(?:\d{3})?$/.test(text) ? Number(text.padEnd(13, '0')) : undefined;
    const at = number ?? (/^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]*Z?)?$/.test(text) ? Date.parse(text.slice(0, 10)) : NaN);
    return at >= earliest - 2 * dayMs && at <= latest + 2 * dayMs;
  }

  /** A value of few characters: looked for only where it stands alone. */
  function keepShort(text: string, seq: number): void {
    const isNumber = !/\p{L}/u.test(text);
    if (isNumber ? digitsOf(text).length < 3 : text.length < 2) return;
    if (isKnownWord(text) || styleWords.has(text) || words.wasShown(text, seq) || leaves.size >= originalsLimit) return;
    leaves.add(text);
  }

  /** A value that somebody typed or sent. `seq`: before which the page had not shown it. */
  function keepValue(value: string, seq: number, isSecret = false): void {
    const text = value.trim();
    const digits = digitsOf(text);
    if (!/[\p{L}\p{N}]/u.test(text) || isMoment(text)) return;
    // A word of another script is short and says as much as a long one.
    if (text.length < shortest && /^[\x00-\x7f]*$/.test(text)) return keepShort(text, seq);
    if (!/\p{L}/u.test(text)) {
      if (digits.length >= 7) keep(text);
      else keepShort(text, seq);
      return;
    }
    if (/[\d@]/.test(text)) {
      keep(text);
      for (const piece of text.split(/\s+/))
        if (piece.length >= 6 && /\d/.test(piece) && !isMoment(piece) && /\p{L}|\d{7}/u.test(piece)) keep(piece);
      return;
    }
    // Plain words: the page's own are no secret, and single lower-case ones are too common to look for anywhere.
    if (words.wasShown(text, seq)) return;
    if (isUnparted(text) && !staysText) keep(text);
    else if (text.length < shortest) keepShort(text, seq);
    else if (isSecret || /\s/.test(text) || /^\p{Lu}/u.test(text) || /[^\p{L}'’_/-]/u.test(text)) {
      if (isSecret || !text.split(/[^\p{L}'’]+/u).every((word) => word === '' || isKnownWord(word))) keep(text);
    } else keepShort(text, seq);
  }

  /** Returns whether there were any. */
  function keepEntities(text: string): boolean {
    const emails = findEmails(text);
    for (const found of emails) {
      keep(found);
      const [local = ''] = found.split('@');
      if (local.length >= 7 && /[._\d]/.test(local)) keep(local);
    }
    const numbers = findNumbers(text).filter((found) => !isMoment(found));
    for (const found of numbers) keep(found);
    return emails.length > 0 || numbers.length > 0;
  }

  function keepLeaf(leaf: Leaf, seq: number): void {
    const { text, key, zone } = leaf;
    hosts.note(text);
    const holdsEntities = keepEntities(text);
    for (const value of findQueryValues(text)) if (/[\d@]|\s/.test(value)) keepValue(value, seq);
    if (zone === 'header') {
      if (!secretHeader.test(key)) return;
      for (const part of [text, ...text.split(/[\s;,=]+/)])
        if (part.length >= 8 && (/\d/.test(part) || part === text)) keepValue(part, seq);
    } else if (zone === 'console' && staysText) {
      // Whoever lets texts stay lets logged ones stay; what is private in them was found by its form, above.
      words.show(text, seq);
    } else if (zone === 'body' || zone === 'console') {
      if (isDocument(text)) return;
      if (/[\d@]/.test(text)) keepValue(text, seq);
      else if (personalKey.test(key)) keepValue(text, seq, /passw|secret/i.test(key));
      for (const found of findTokens(text)) if (!isMoment(found)) keep(found);
    } else if (zone === 'value') {
      keepValue(text, seq);
    } else if (zone === 'typing') {
      if (/[\d@]/.test(text) && text.length >= shortest) keepValue(text, seq);
    } else {
      if (text.length > 5000) return;
      if (!staysText) {
        const ofPages = isShown(text, key) ? [...findLongNumbers(text), ...findHandles(text)] : [];
        const pieces = [...findTokens(text), ...ofPages].filter((found) => !isMoment(found));
        for (const found of pieces) keep(found);
        // The whole of it is known by its digest, too.
        if ((holdsEntities || pieces.length > 0) && text.length <= textLimit && isShown(text, key)) keep(text);
        shown.keep(text, key);
      }
      words.show(text, seq);
    }
  }

  function keepTyped(values: readonly TypedValue[]): void {
    for (const { value, since, isSecret } of values) {
      keepValue(value, since, isSecret);
      keepEntities(value);
    }
  }

  let seq = 0;
  return {
    add({ windowId, event }) {
      seq++;
      earliest = Math.min(earliest, event.timestamp);
      latest = Math.max(latest, event.timestamp);
      const field = typed.take(windowId, event, seq);
      if (field) keepTyped(field);
      else
        walkEvent(
          event,
          (leaf) => keepLeaf(leaf, seq),
          (node) => typed.notePassword(windowId, node),
        );
    },
    finish() {
      keepTyped(typed.finish());
      const { texts: pageTexts, words: pageWords } = shown.finish();
      const isPrivate = (text: string): boolean => !hosts.has(text);
      return {
        texts: [...new Set([...texts, ...pageTexts])].filter(isPrivate),
        leaves: [...new Set([...leaves, ...pageWords])].filter((leaf) => isPrivate(leaf) && !texts.has(leaf)),
      };
    },
  };
}

export function joinOriginals(originals: readonly Originals[]): Originals {
  return {
    texts: [...new Set(originals.flatMap(({ texts }) => texts))],
    leaves: [...new Set(originals.flatMap(({ leaves }) => leaves))],
  };
}
