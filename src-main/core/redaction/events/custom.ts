import type { CustomRule, FieldShape } from '../../../contract/policy';
import { isRecord, type JsonRecord } from '../../recording/json';
import type { Kit } from '../redaction-context';

/** A custom event: its tag, and of its payload the fields that the policy's rule for the tag names. */
export function redactCustom({ tag, payload }: JsonRecord, kit: Kit): JsonRecord {
  const rule = kit.policy.custom.find((one) => one.tag === tag);
  if (!rule) {
    kit.tally.drop('custom');
    return { tag: redactTag(tag, kit), payload: {} };
  }
  kit.tally.useRule(`custom-${kit.policy.custom.indexOf(rule) + 1}`);
  return { tag: rule.tag, payload: keepFields(rule, payload, kit) };
}

/** The tag if it is made of readable words; else no more than that there was an event. */
function redactTag(tag: unknown, kit: Kit): string {
  const words = typeof tag === 'string' && tag.length <= 60 ? tag.split(/[-_.\s]/) : [''];
  return words.every((word) => kit.words.has(word)) ? words.join('-') : 'custom';
}

/** Fields as nested objects again, whose keys are the policy's. */
type Tree = Map<string, Tree | string | number | boolean>;

function keepFields({ fields }: CustomRule, payload: unknown, kit: Kit): JsonRecord {
  const top: Tree = new Map();
  for (const { path, as } of fields) {
    const keys = path.split('.');
    const value = keys.reduce<unknown>(
      (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      payload,
    );
    const kept = keepValue(value, as, kit);
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

function keepValue(value: unknown, as: FieldShape, kit: Kit): string | number | boolean | undefined {
  if (as === 'boolean' || as === 'number') {
    if (typeof value === as && (typeof value === 'boolean' || Number.isFinite(value))) return value as number | boolean;
  } else if (typeof value === 'string') {
    return as === 'text' ? kit.maskText.found(value) : kit.maskText(value);
  }
  if (value !== undefined) kit.tally.drop('custom');
  return undefined;
}
