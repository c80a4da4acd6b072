import { isRecord, type JsonRecord } from '../json';
import { NodeFlag, type LiveNode } from './model-node';
import { changeInlineStyle } from './inline-style';
import { stateOf } from './node-state';
import type { PageTree } from './page-tree';

/** The most late attributes of one element. */
const lateLimit = 100;

/** Changes the attributes of one element as a mutation does. Returns whether anything changed. */
export function changeAttributes(tree: PageTree, node: LiveNode, changes: JsonRecord): boolean {
  if ((node.flags & NodeFlag.sheet) !== 0 && typeof changes._cssText === 'string') {
    rebuildSheet(tree, node, changes);
    return true;
  }
  let isChanged = false;
  for (const name of Object.keys(changes)) {
    if (!changeAttribute(tree, node, name, changes[name])) continue;
    isChanged = true;
    if (name === 'style' || name === 'hidden') tree.watcher?.styled(node);
  }
  return isChanged;
}

/** The Replayer accepts strings, null for a removal, and an object for single properties of a style. */
function changeAttribute(tree: PageTree, node: LiveNode, name: string, value: unknown): boolean {
  if (typeof value === 'string') {
    if (name === 'style') forgetStyleChanges(node);
    else if (name === 'value' && node.tag === 'textarea') tree.dropChildren(node, () => true);
    if (isReadOtherwise(name)) setLate(node, name, value);
    const isMark = (name === 'selected' || name === 'checked') && node.attribute(name) === undefined;
    if (isMark) tree.keeper.marked(node, name);
    return node.setAttribute(name, value);
  }
  if (value === null) {
    if (name === '_cssText' && (node.flags & NodeFlag.sheet) !== 0) return false;
    if (name === 'style') forgetStyleChanges(node);
    else if (name === 'open' && node.tag === 'dialog') node.removeAttribute('rr_open_mode');
    if (isReadOtherwise(name)) setLate(node, name, null);
    return node.removeAttribute(name);
  }
  return name === 'style' && isRecord(value) && changeInlineStyle(node, value);
}

/** Call when the attribute is set again: single changes are lost, and so is the size that replaces blocked content. */
function forgetStyleChanges(node: LiveNode): void {
  if (node.state) node.state.style = undefined;
  if (node.attribute('rr_width') !== undefined) node.removeAttribute('rr_width');
  if (node.attribute('rr_height') !== undefined) node.removeAttribute('rr_height');
}

/**
 * Returns whether a name means something else in a snapshot: rrweb's own names (a canvas's image, a scroll offset), and handlers, which
 * it renames. A mutation sets them unchanged.
 */
export function isReadOtherwise(name: string): boolean {
  if (name.startsWith('rr_')) return name !== 'rr_open_mode';
  return name === 'onload' || name === 'onclick' || name.startsWith('onmouse');
}

function setLate(node: LiveNode, name: string, value: string | null): void {
  const state = stateOf(node);
  const late = (state.late ??= new Map());
  if (late.has(name) || late.size < lateLimit) late.set(name, value);
}

/** Call for a sheet whose text arrives after its element: the Replayer rebuilds the element from its first recorded description. */
function rebuildSheet(tree: PageTree, node: LiveNode, changes: JsonRecord): void {
  tree.dropChildren(node, () => true);
  node.replaceSource({ ...node.source, ...changes });
  if (node.state) node.state.rules = node.state.style = node.state.late = undefined;
}
