import { NodeType } from '../events';
import { NodeFlag, type LiveNode } from './model-node';
import { isHiddenByItself } from './inline-style';
import type { TextEntry } from './text-entry';
import type { PageWatcher } from './watcher';

/** Elements whose text isn't visible on the page, or contains values that a user typed or can choose. */
const silentTags: ReadonlySet<string> = new Set(
  'head script style template noscript noembed noframes xmp plaintext metadata title textarea select datalist'.split(
    ' ',
  ),
);
const typedRoles: ReadonlySet<unknown> = new Set(['textbox', 'searchbox', 'spinbutton']);
/** The number of nodes that may be checked again because an ancestor was shown or hidden. Each such change adds a few more. */
const initialBudget = 200_000;
const budgetPerChange = 20;

/** Reports the texts of one window that appear and disappear. Elements cache their visibility, so most nodes only check their parent. */
export class WindowTexts implements PageWatcher {
  private budget = initialBudget;

  constructor(
    private readonly show: (text: string) => TextEntry | undefined,
    private readonly hide: (entry: TextEntry) => void,
  ) {}

  gone(root: LiveNode): void {
    walk(root, (node) => {
      this.removed(node);
      return 'descend';
    });
  }

  placed(top: LiveNode): void {
    if (top.type === NodeType.Text) this.showText(top);
    else if (top.first) {
      walk(top, (node) => {
        if (node.type === NodeType.Text) this.showText(node);
        return 'descend';
      });
    }
  }

  removed(node: LiveNode): void {
    const { shown } = node;
    if (!shown) return;
    node.shown = undefined;
    this.hide(shown);
  }

  changed(node: LiveNode): void {
    if (node.type !== NodeType.Text) return;
    this.removed(node);
    this.showText(node);
  }

  styled(top: LiveNode): void {
    // No descendant has been checked yet, so there is no text below.
    if ((top.flags & NodeFlag.visibilityKnown) === 0) return;
    this.budget = Math.min(initialBudget, this.budget + budgetPerChange);
    if (!this.updateVisibility(top)) return;
    walk(top, (node) => {
      if (--this.budget < 0) return 'stop';
      if (node.type === NodeType.Text) {
        if (isInvisible(node.parent)) this.removed(node);
        else this.showText(node);
        return 'skip';
      }
      return (node.flags & NodeFlag.visibilityKnown) !== 0 && this.updateVisibility(node) ? 'descend' : 'skip';
    });
  }

  private showText(node: LiveNode): void {
    if (node.shown || isInvisible(node.parent)) return;
    node.shown = this.show(node.text);
  }

  /** Checks the element's visibility again. Returns whether it changed. */
  private updateVisibility(element: LiveNode): boolean {
    const before = element.flags & NodeFlag.invisible;
    element.flags &= ~(NodeFlag.visibilityKnown | NodeFlag.invisible);
    return isInvisible(element) !== (before !== 0);
  }
}

/** Returns whether the text of an element is invisible because of it or its ancestors. Caches the result for all of them. */
function isInvisible(node: LiveNode | undefined): boolean {
  let known = node;
  while (known && (known.flags & NodeFlag.visibilityKnown) === 0) known = known.parent;
  let isHidden = known !== undefined && (known.flags & NodeFlag.invisible) !== 0;
  if (known === node) return isHidden;
  const path: LiveNode[] = [];
  for (let next = node; next && next !== known; next = next.parent) path.push(next);
  for (let index = path.length - 1; index >= 0; index--) {
    const element = path[index];
    if (!element) continue;
    isHidden ||= element.type === NodeType.Element && isSilent(element);
    element.flags |= NodeFlag.visibilityKnown | (isHidden ? NodeFlag.invisible : 0);
  }
  return isHidden;
}

function isSilent(element: LiveNode): boolean {
  if (silentTags.has(element.tag) || isHiddenByItself(element)) return true;
  const editable = element.attribute('contenteditable');
  if (editable !== undefined && editable !== null && editable !== 'false' && editable !== 'inherit') return true;
  return typedRoles.has(element.attribute('role'));
}

/** Visits the descendants of a node in document order. `skip` leaves out the children of a node. */
function walk(top: LiveNode, visit: (node: LiveNode) => 'descend' | 'skip' | 'stop'): void {
  let node = top.first;
  while (node) {
    const action = visit(node);
    if (action === 'stop') return;
    if (action === 'descend' && node.first) {
      node = node.first;
      continue;
    }
    while (node && !node.next) {
      node = node.parent;
      if (node === top) return;
    }
    node = node?.next;
  }
}
