import { isNodeId } from '../../recording/json';
import { methods, momentOf, secondsBelow, type Field, type FieldKind } from '../../recording/signals/field';
import type { PlatformSignal } from '../../recording/signals/platform-signal';
import type { RedactionContext } from '../redaction-context';
import { maskMessage } from './messages';
import { boundedNumber } from './pointer';
import { sizeClass } from './size-class';

/** A moment in a payload is about its event. One further away than this, ms, is something else, such as a date of birth. */
const nearMs = 86_400_000;
/** Larger numbers are no web vital, no count of clicks or changes, and no length of a request. */
const measureLimit = 1_000_000;
const countLimit = 100_000;
const durationLimit = 86_400_000;
const memoryStep = 1_048_576;
const memoryLimit = 2 ** 50;

/** A value of a redacted payload, with its position. */
export type WrittenField = Pick<Field, 'path' | 'value'>;

/**
 * Writes the typed facts of a known platform's event. Returns undefined for an event in a private element, and for one that exists because
 * the user typed: its time would reveal the rhythm. `at`: the time of the event, ms.
 */
export function redactSignal(
  { fields, typing }: PlatformSignal,
  at: number,
  context: RedactionContext,
): WrittenField[] | undefined {
  const { page } = context;
  const isTyping = typing === 'always' || (typing === 'maybe' && page.visits.current !== undefined);
  if (isTyping && context.closes('typing')) return undefined;
  if (context.closes('clicks') && fields.some(({ kind, value }) => kind.is === 'node' && isPrivate(value, context)))
    return undefined;
  return redactFields(fields, at, context);
}

/** Writes each field by the rule of its kind. Drops fields that the rule refuses. */
export function redactFields(fields: readonly Field[], at: number, context: RedactionContext): WrittenField[] {
  return fields.flatMap((field) => {
    const value = redactField(field, at, context);
    return value === undefined ? [] : [{ path: field.path, value }];
  });
}

/** Kinds of values that the reader has checked and that stay unchanged. */
const kept: ReadonlySet<Field['kind']['is']> = new Set(['constant', 'flag', 'node', 'presence', 'status']);

function redactField({ kind, value }: Field, at: number, context: RedactionContext): Field['value'] | undefined {
  if (kept.has(kind.is)) return value;
  if (typeof value === 'number') return redactNumber(kind.is, value, at, context);
  return typeof value === 'string' ? redactString(kind, value, context) : undefined;
}

function redactString(kind: FieldKind, value: string, context: RedactionContext): string | undefined {
  if (kind.is === 'address') {
    context.counts.mask('url');
    return context.maskUrl(value);
  }
  if (kind.is === 'message') return kind.known?.has(value) === true ? value : maskMessage(value, context);
  if (kind.is === 'user') {
    context.counts.mask('custom');
    return context.maskText(value);
  }
  if (kind.is !== 'method') return undefined;
  return methods.has(value) ? value : 'OTHER';
}

function redactNumber(kind: FieldKind['is'], value: number, at: number, context: RedactionContext): number | undefined {
  if (kind === 'number') return Math.abs(value) > measureLimit ? undefined : boundedNumber(value);
  if (kind === 'count') return value > countLimit ? undefined : value;
  if (kind === 'duration') return value > durationLimit ? undefined : Math.round(value);
  if (kind === 'size') return sizeClass(value);
  if (kind === 'memory') return Math.round(Math.min(memoryLimit, value) / memoryStep) * memoryStep;
  return kind === 'time' ? redactMoment(value, at, context) : undefined;
}

function redactMoment(value: number, at: number, context: RedactionContext): number | undefined {
  if (context.page.isEcho) return undefined;
  const moment = momentOf(value);
  if (!(Math.abs(moment - at) <= nearMs)) return undefined;
  const exported = context.exportedTime(moment);
  return value < secondsBelow ? exported / 1000 : exported;
}

function isPrivate(id: unknown, { page }: RedactionContext): boolean {
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  return node !== undefined && page.targetOf(node).isPrivate;
}
