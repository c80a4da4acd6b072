import type { JsonRecord } from '../json';
import type { LiveNode } from './model-node';
import { stateOf, type InlineValue } from './node-state';
import { PropertyChanges } from './property-changes';

/** Characters of a style attribute that are searched for `display: none`. */
const styleLimit = 2000;

/** Applies a recorded `style` object. Returns whether anything changed. */
export function changeInlineStyle(node: LiveNode, changes: JsonRecord): boolean {
  const state = stateOf(node);
  const style = (state.style ??= new PropertyChanges<InlineValue>());
  let isChanged = false;
  for (const property of Object.keys(changes)) {
    const value = changes[property];
    if (value === false || value === '' || value === null) isChanged = style.note(property, undefined) || isChanged;
    else if (typeof value === 'string' || Array.isArray(value)) isChanged = style.note(property, value) || isChanged;
  }
  return isChanged;
}

/** Writes the changes as `style` objects of attribute mutations, as few as their order allows. */
export function writeInlineStyle(style: PropertyChanges<InlineValue>): JsonRecord[] {
  const written: Map<string, InlineValue | false>[] = [];
  for (const [property, value] of style.steps()) {
    let last = written[written.length - 1];
    if (!last || last.has(property)) written.push((last = new Map<string, InlineValue | false>()));
    last.set(property, value ?? false);
  }
  return written.map((each) => Object.fromEntries(each));
}

/** Returns whether an element is hidden by its own attributes. Style sheets don't count. */
export function isHiddenByItself(node: LiveNode): boolean {
  const hidden = node.attribute('hidden');
  if (hidden !== undefined && hidden !== null && hidden !== false) return true;
  const display = node.state?.style?.read('display');
  if (display !== undefined) return (typeof display === 'string' ? display : display?.[0]) === 'none';
  const attribute = node.attribute('style');
  const style = typeof attribute === 'string' ? attribute.slice(0, styleLimit) : '';
  return /(?:^|;)\s*display\s*:\s*none\b/i.test(style);
}
