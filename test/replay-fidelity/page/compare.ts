import type { Described } from './describe';

/** A difference between two replays. It has no text of the recording, only the name of the fact and the lengths and hashes of its values. */
export interface Difference {
  path: string;
  fact: string;
  /** The values in the full replay and in the one from a keyframe. */
  full: string;
  keyframe: string;
}

export interface Comparison {
  nodes: number;
  count: number;
  /** The first differences, up to a limit. */
  differences: Difference[];
}

const listLimit = 40;

export function compare(full: Described, keyframe: Described): Comparison {
  const result: Comparison = { nodes: 0, count: 0, differences: [] };
  compareNodes(full, keyframe, full.label, result);
  return result;
}

function compareNodes(full: Described, keyframe: Described, path: string, result: Comparison): void {
  result.nodes++;
  for (const fact of new Set([...Object.keys(full.facts), ...Object.keys(keyframe.facts)])) {
    const before = full.facts[fact];
    const after = keyframe.facts[fact];
    if (before !== after) note(result, { path, fact, full: describeValue(before), keyframe: describeValue(after) });
  }
  const isSame = full.facts.id === keyframe.facts.id && full.facts.kind === keyframe.facts.kind;
  if (!isSame) return;
  if (full.children.length !== keyframe.children.length) {
    const ids = (node: Described): string => String(node.children.length);
    note(result, { path, fact: 'children', full: ids(full), keyframe: ids(keyframe) });
  }
  for (const [index, child] of full.children.entries()) {
    const other = keyframe.children[index];
    if (other) compareNodes(child, other, `${path} > ${child.label}`, result);
    else note(result, { path: `${path} > ${child.label}`, fact: 'node', full: 'present', keyframe: 'missing' });
  }
}

function note(result: Comparison, difference: Difference): void {
  result.count++;
  if (result.differences.length < listLimit) result.differences.push(difference);
}

/** Describes numbers and booleans unchanged, and a text by its length and a hash. */
function describeValue(value: Described['facts'][string] | undefined): string {
  if (typeof value !== 'string') return String(value);
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193) >>> 0;
  return `text of ${value.length}, ${hash.toString(16)}`;
}
