import type { CustomRule, FieldShape } from '../../../contract/policy';
import { isRecord, type JsonRecord } from '../../recording/json';
import { readFullscreen, writeFullscreen } from '../../recording/model/fullscreen';
import { writeFields } from '../../recording/signals/field';
import { readSignal } from '../../recording/signals/platform-signal';
import type { AllowedWords } from '../allowed-words';
import type { RedactionContext } from '../redaction-context';
import { redactSignal, type WrittenField } from './signals';

/**
 * Redacts a custom event. That of a known platform keeps its typed facts; of every other only the tag stays, if it consists of allowed words.
 * A policy's rule for the tag keeps further fields. Full screen stays, because it changes the page. Returns undefined if the event as such is
 * private.
 */
export function redactCustom(
  { tag, payload }: JsonRecord,
  at: number,
  context: RedactionContext,
): JsonRecord | undefined {
  const rule = context.policy.custom.find((one) => one.tag === tag);
  const fullscreen = rule ? undefined : readFullscreen({ tag, payload });
  if (fullscreen) return writeFullscreen(fullscreen);
  const known = typeof tag === 'string' ? readSignal(tag, payload) : undefined;
  const signal = known && redactSignal(known, at, context);
  if (known && !signal) return undefined;
  if (rule) context.counts.useRule(`custom-${context.policy.custom.indexOf(rule) + 1}`);
  else if (!signal || holdsMore(payload, signal.length)) context.counts.drop('custom');
  const kept = rule ? keepFields(rule, payload, context) : [];
  return {
    tag: rule?.tag ?? known?.tag ?? redactTag(tag, context.allowedWords) ?? 'custom',
    payload: writeFields([...(signal ?? []), ...kept]),
  };
}

/** Returns the tag of a custom event, with its words joined by hyphens, if they are all allowed. */
export function redactTag(tag: unknown, allowedWords: AllowedWords): string | undefined {
  const words = typeof tag === 'string' && tag.length <= 60 ? tag.split(/[-_.\s]/) : [''];
  return words.every((word) => allowedWords.has(word)) ? words.join('-') : undefined;
}

/** Returns the fields that the policy lists. All keys come from the policy. */
function keepFields({ fields }: CustomRule, payload: unknown, context: RedactionContext): WrittenField[] {
  return fields.flatMap(({ path, as }) => {
    const keys = path.split('.');
    const value = keys.reduce<unknown>(
      (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      payload,
    );
    const kept = keepValue(value, as, context);
    return kept === undefined ? [] : [{ path: keys, value: kept }];
  });
}

/** Returns whether a payload has more than this number of values. */
function holdsMore(payload: unknown, count: number): boolean {
  const open = [payload];
  let values = 0;
  while (open.length > 0 && values <= count) {
    const value = open.pop();
    if (isRecord(value) || Array.isArray(value)) for (const item of Object.values(value)) open.push(item);
    else if (value !== undefined) values++;
  }
  return values > count;
}

function keepValue(value: unknown, as: FieldShape, context: RedactionContext): string | number | boolean | undefined {
  if (as === 'boolean' || as === 'number') {
    if (typeof value === as && (typeof value === 'boolean' || Number.isFinite(value))) return value as number | boolean;
  } else if (typeof value === 'string') {
    return as === 'text' ? context.maskText.found(value) : context.maskText(value);
  }
  if (value !== undefined) context.counts.drop('custom');
  return undefined;
}
