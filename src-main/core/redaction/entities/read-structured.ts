import { isRecord } from '../../recording/json';
import { kindOfKey, type ValueKind } from './personal-keys';

export type Keep = (value: string, meaning: ValueKind) => void;

/** Values deeper or more than this aren't looked at. */
const itemsLimit = 1_000_000;

/**
 * Reads a value as sent, logged or recorded for somebody: JSON, JSON within JSON, a form. Kept is what stands under a key that says so; with
 * `isAll`, as in what identifies a user, every text. What a name of a thing like `owner` holds belongs to it whole.
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

/** JSON or a form inside of a string. */
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

/** The values in the query and fragment of an address, and who a `mailto:` or `tel:` is for. */
export function readUrl(text: string, keep: Keep): void {
  const link = /^(mailto|tel|sms|callto|whatsapp):\/{0,2}([^?]{3,200})/i.exec(text);
  if (link)
    keep(decoded((link[2] ?? '').replaceAll('+', '%2B')), link[1]?.toLowerCase() === 'mailto' ? 'email' : 'phone');
  if (!text.includes('=')) return;
  const user = /^[a-z][a-z0-9+.-]{1,20}:\/\/([^/@\s]{3,200})@/i.exec(text)?.[1];
  if (user !== undefined) for (const part of user.split(':')) keep(decoded(part), 'secret');
  for (const [, name = '', value = ''] of text.matchAll(/[?&#;]([^=&#?;\s"'<>]{1,80})=([^&#\s"'<>]{1,2000})/g)) {
    const meaning =
      kindOfKey(decoded(name)) ??
      (/^(?:code|state|t|key|id_token|u|q|query|search)$/i.test(name) ? 'private' : undefined);
    if (meaning !== undefined) keep(decoded(value), meaning);
  }
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

/** What says who asked. Of a cookie each value counts, of a header with a scheme what follows it. */
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
