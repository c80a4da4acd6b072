import { isRecord } from '../../recording/json';
import { kindOfKey, type ValueKind } from './personal-keys';

export type Keep = (value: string, meaning: ValueKind) => void;

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
