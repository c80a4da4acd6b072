import type { ErrorReply } from '../../../src-main/contract/errors';

/** A refusal of the leak gate, as the dialog shows it. It never contains the value that was found. */
export interface Refusal {
  /** The part of the export: see `gateWords.parts`. */
  part: string;
  /** The kind of value. */
  kind: string;
  /** The location in words. */
  place: string;
  advice: string;
  /** The number of the session in the export, from 1. */
  session: number | undefined;
  atMs: number | undefined;
  /** The tag of the element. */
  element: string | undefined;
  /** True if the value is in a text of the user that can be masked for this export. */
  canHide: boolean;
}

/** Texts that the user wrote. A file's name can only be chosen again. */
const maskable: ReadonlySet<string> = new Set(['note', 'title', 'case-about']);

export function readRefusal({ details = {} }: ErrorReply): Refusal {
  const text = (name: string): string => String(details[name] ?? '');
  const number = (name: string): number | undefined => {
    const value = details[name];
    return typeof value === 'number' ? value : undefined;
  };
  const part = text('part');
  return {
    part,
    kind: text('kind') || 'unreadable',
    place: text('channel'),
    advice: text('advice'),
    session: number('session'),
    atMs: number('atMs'),
    element: text('element') || undefined,
    canHide: maskable.has(part),
  };
}
