import { isRecord } from '../../recording/json';
import { foldWord } from '../detectors/person/fold-word';
import { isOtherWord } from '../detectors/person/other-words';
import { interfaceWords } from '../interface-words';
import { kindOfKey, type ValueKind } from './personal-keys';

/** `isByForm`: only the form of the value, and no key, shows that it is private. */
export type Keep = (value: string, meaning: ValueKind, isByForm?: boolean) => void;

/** The number of nested values that are read at most. */
const itemsLimit = 1_000_000;

/**
 * Reads a logged or transmitted value: JSON, JSON inside of JSON, or a form. Keeps the values of keys that denote personal data. With `isAll`,
 * for calls that identify a user, keeps every value. A key of a list applies to all its entries.
 */
export function readStructured(root: unknown, keep: Keep, isAll = false): void {
  const open: { value: unknown; meaning: ValueKind | undefined }[] = [
    { value: root, meaning: isAll ? 'private' : undefined },
  ];
  for (let count = 0, item = open.pop(); item && count < itemsLimit; item = open.pop(), count++) {
    const { value, meaning } = item;
    if (typeof value === 'string') {
      const inner = parseText(value);
      if (inner !== undefined) open.push({ value: inner, meaning });
      else if (meaning !== undefined) keep(value, meaning);
      readUrl(value, keep);
    } else if (typeof value === 'number') {
      if (meaning !== undefined) keep(String(value), meaning);
    } else if (Array.isArray(value)) {
      for (const entry of value as unknown[]) open.push({ value: entry, meaning });
    } else if (isRecord(value)) {
      for (const [key, entry] of Object.entries(value))
        open.push({ value: entry, meaning: kindOfKey(key) ?? (isAll ? meaning : undefined) });
    }
  }
}

/** Parses JSON or a form inside a string. Returns undefined for any other text. */
function parseText(text: string): unknown {
  if (text.length > 2_000_000) return undefined;
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  if (/^[\w.[\]%-]{1,80}=[^\s]*$/.test(text)) return Object.fromEntries(new URLSearchParams(text));
  return undefined;
}

/** Reads the values in the query and fragment of a URL, its credentials, and the recipient of a `mailto:` or `tel:` link. */
export function readUrl(text: string, keep: Keep): void {
  const link = /^(mailto|tel|sms|callto|whatsapp):\/{0,2}([^?]{3,200})/i.exec(text);
  if (link)
    keep(decoded((link[2] ?? '').replaceAll('+', '%2B')), link[1]?.toLowerCase() === 'mailto' ? 'email' : 'phone');
  if (!text.includes('=')) return;
  const user = /^[a-z][a-z0-9+.-]{1,20}:\/\/([^/@\s]{3,200})@/i.exec(text)?.[1];
  if (user !== undefined) for (const part of user.split(':')) keep(decoded(part), 'secret');
  for (const [, name = '', value = ''] of text.matchAll(/[?&#;]([^=&#?;\s"'<>]{1,80})=([^&#\s"'<>]{1,2000})/g)) {
    const text = decoded(value);
    const meaning =
      kindOfKey(decoded(name)) ??
      (/^(?:code|state|t|key|id_token|u|q|query|search)$/i.test(name) ? 'private' : undefined);
    if (meaning !== undefined) keep(text, meaning);
    else if (isTelling(text)) keep(text, 'private', true);
  }
}

/** Shorter values of a query occur everywhere by chance, unless their key says more about them. */
const shortestTelling = 5;

/**
 * Returns whether the value of a query says something about a user, whatever its key: a code, an address, a sentence or a name, but not
 * the `billing` of `?tab=billing` or the `created_at` of `?sort=created_at`.
 */
function isTelling(value: string): boolean {
  const text = value.trim();
  if (text.length < shortestTelling) return false;
  const words = text.match(/[\p{L}\p{M}']+/gu) ?? [];
  if (/\d|@/.test(text)) return !isPlainNumber(text);
  // A sentence of interface words is hidden by the policies that hide those.
  const isPlain = /\s/.test(text)
    ? (word: string) => interfaceWords.has(word.toLowerCase())
    : (word: string) => word.length < 3 || isOtherWord(foldWord(word));
  return !words.every(isPlain);
}

/** Returns whether a number is a size, a page or a time of the session rather than a code. */
function isPlainNumber(text: string): boolean {
  return (
    /^\d{1,4}(?:\.\d{1,2})?$/.test(text) || /^1\d{9}(?:\d{3})?(?:\.\d+)?$/.test(text) || /^\d{2,4}x\d{2,4}$/.test(text)
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const secretHeader =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-.*(?:token|key|auth|csrf|xsrf|session|secret|user|email|forwarded).*|.*-(?:token|key|auth)|api-?key)$/i;

/** Reads headers that identify the user: each value of a cookie, and the credentials after an authentication scheme. */
export function readHeaders(headers: unknown, keep: Keep): void {
  if (!isRecord(headers) && !Array.isArray(headers)) return;
  const pairs = Array.isArray(headers) ? (headers as unknown[]).map(pairOf) : Object.entries(headers);
  for (const [name, value] of pairs) {
    if (typeof name !== 'string' || typeof value !== 'string' || !secretHeader.test(name)) continue;
    if (/cookie/i.test(name))
      for (const [, part = ''] of value.matchAll(/=([^;,\s]{6,4000})/g)) keep(decoded(part), 'secret');
    else keep(value.replace(/^(?:bearer|basic|token|digest) /i, ''), 'secret');
  }
}

function pairOf(entry: unknown): [unknown, unknown] {
  if (Array.isArray(entry)) return [entry[0], entry[1]];
  return isRecord(entry) ? [entry.name, entry.value] : [undefined, undefined];
}
