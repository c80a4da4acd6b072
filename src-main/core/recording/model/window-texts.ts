import { NodeType } from '../events';
import { NodeFlag, type LiveNode } from './model-node';
import { isHiddenByItself } from './inline-style';
import type { TextEntry } from './text-entry';
import type { PageWatcher } from './watcher';

/** Elements whose text nobody reads on the page, or that hold what a user typed or may choose. */
const silentTags: ReadonlySet<string> = new Set(
  'head script style template noscript noembed noframes xmp plaintext metadata title textarea select datalist'.split(
    ' ',
  ),
);
const typedRoles: ReadonlySet<unknown> = new Set(['textbox', 'searchbox', 'spinbutton']);
/** How many nodes may be looked at again because something above them was shown or hidden: at first, and more with each such change. */
const firstBudget = 200_000;
const budgetStep = 20;

/** Tells which texts of one window come and go. Elements remember whether they are seen, so that most nodes ask only their parent. */
export class WindowTexts implements PageWatcher {
  private budget = firstBudget;

  constructor(
    private readonly show: (text: string) => TextEntry | undefined,
    private readonly hide: (entry: TextEntry) => void,
  ) {}

  gone(root: LiveNode): void {
    walk(root, (node) => {
      this.removed(node);
      return 'into';
    });
  }

  placed(top: LiveNode): void {
    if (top.type === NodeType.Text) this.showText(top);
    else if (top.first) {
      walk(top, (node) => {
        if (node.type === NodeType.Text) this.showText(node);
        return 'into';
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
    // Nothing below has asked yet, so there is no text below.
    if ((top.flags & NodeFlag.seenKnown) === 0) return;
    this.budget = Math.min(firstBudget, this.budget + budgetStep);
    if (!this.judgeAgain(top)) return;
    walk(top, (node) => {
      if (--this.budget < 0) return 'stop';
      if (node.type === NodeType.Text) {
        if (isUnseen(node.parent)) this.removed(node);
        else this.showText(node);
        return 'past';
      }
      return (node.flags & NodeFlag.seenKnown) !== 0 && this.judgeAgain(node) ? 'into' : 'past';
    });
  }

  private showText(node: LiveNode): void {
    if (node.shown || isUnseen(node.parent)) return;
    node.shown = this.show(node.text);
  }

  /** Returns whether the element is now seen where it wasn't, or the other way round. */
  private judgeAgain(element: LiveNode): boolean {
    const before = element.flags & NodeFlag.unseen;
    element.flags &= ~(NodeFlag.seenKnown | NodeFlag.unseen);
    return isUnseen(element) !== (before !== 0);
  }
}

/** Is an element, or one around it, one whose text nobody reads? What was found out is remembered on the way. */
function isUnseen(node: LiveNode | undefined): boolean {
  let known = node;
  while (known && (known.flags & NodeFlag.seenKnown) === 0) known = known.parent;
  let isHidden = known !== undefined && (known.flags & NodeFlag.unseen) !== 0;
  if (known === node) return isHidden;
  const path: LiveNode[] = [];
  for (let next = node; next && next !== known; next = next.parent) path.push(next);
  for (let index = path.length - 1; index >= 0; index--) {
    const element = path[index];
    if (!element) continue;
    isHidden ||= element.type === NodeType.Element && isSilent(element);
    element.flags |= NodeFlag.seenKnown | (isHidden ? NodeFlag.unseen : 0);
  }
  return isHidden;
}

function isSilent(element: LiveNode): boolean {
  if (silentTags.has(element.tag) || isHiddenByItself(element)) return true;
  const editable = element.attribute('contenteditable');
  if (editable !== undefined && editable !== null && editable !== 'false' && editable !== 'inherit') return true;
  return typedRoles.has(element.attribute('role'));
}

/** Everything under a node in the order of the page, as far as `visit` wants to go. */
function walk(top: LiveNode, visit: (node: LiveNode) => 'into' | 'past' | 'stop'): void {
  let node = top.first;
  while (node) {
    const way = visit(node);
    if (way === 'stop') return;
    if (way === 'into' && node.first) {
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
