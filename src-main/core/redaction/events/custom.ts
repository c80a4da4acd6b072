import type { CustomRule, FieldShape } from '../../../contract/policy';
import { isRecord, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';

/** Redacts a custom event. Keeps the payload fields that the policy's rule for the tag lists. */
export function redactCustom({ tag, payload }: JsonRecord, context: RedactionContext): JsonRecord {
  const rule = context.policy.custom.find((one) => one.tag === tag);
  if (!rule) {
    context.counts.drop('custom');
    return { tag: redactTag(tag, context), payload: {} };
  }
  context.counts.useRule(`custom-${context.policy.custom.indexOf(rule) + 1}`);
  return { tag: rule.tag, payload: keepFields(rule, payload, context) };
}

/** Returns the tag if it consists of allowed words, else `custom`. */
function redactTag(tag: unknown, context: RedactionContext): string {
  const words = typeof tag === 'string' && tag.length <= 60 ? tag.split(/[-_.\s]/) : [''];
  return words.every((word) => context.allowedWords.has(word)) ? words.join('-') : 'custom';
}

/** The kept fields as nested objects. All keys come from the policy. */
type Tree = Map<string, Tree | string | number | boolean>;

function keepFields({ fields }: CustomRule, payload: unknown, context: RedactionContext): JsonRecord {
  const top: Tree = new Map();
  for (const { path, as } of fields) {
    const keys = path.split('.');
    const value = keys.reduce<unknown>(
      (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      payload,
    );
    const kept = keepValue(value, as, context);
    if (kept === undefined) continue;
    let tree = top;
    for (const key of keys.slice(0, -1)) {
      const below = tree.get(key);
      const next: Tree = below instanceof Map ? below : new Map<string, Tree>();
      tree.set(key, next);
      tree = next;
    }
    tree.set(keys.at(-1) ?? '', kept);
  }
  return toRecord(top);
}

function toRecord(tree: Tree): JsonRecord {
  return Object.fromEntries([...tree].map(([key, value]) => [key, value instanceof Map ? toRecord(value) : value]));
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
