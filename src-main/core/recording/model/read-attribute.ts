import type { ModelNode } from './dom-model';

/** Returns the text of an attribute, or '' if there is none. */
export function readAttribute(node: ModelNode, name: string): string {
  const value = node.attribute(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
