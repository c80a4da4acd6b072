import { NodeType } from '../events';
import type { JsonRecord } from '../json';
import type { LiveNode } from './model-node';
import type { PageTree } from './page-tree';
import { writeDocuments, type PageState } from './write-state';

/** The document of an iframe with its state, taken out of a page. */
export interface TakenFrame {
  readonly iframe: LiveNode;
  readonly document: LiveNode;
  /** The data of incremental events that restore it. */
  readonly written: readonly JsonRecord[];
}

/** Returns the documents of all iframes of a page, each with those in it. */
export function takeFrames(page: PageState & { tree: PageTree }, atMs: number): TakenFrame[] {
  const frames: TakenFrame[] = [];
  const open = page.tree.root ? [page.tree.root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    for (let child = node.first; child; child = child.next) {
      if (child.type !== NodeType.Document) open.push(child);
      else frames.push({ iframe: node, document: child, written: writeDocuments(page, [child], atMs) });
    }
  }
  return frames;
}

/**
 * Returns whether the iframe is still in the page, with the same address and without a document, and none of the document's ids
 * belongs to another node now.
 */
export function fitsFrame(tree: PageTree, { iframe, document }: TakenFrame): boolean {
  const now = tree.get(iframe.id);
  if (now?.tag !== 'iframe' || now.first) return false;
  if (['src', 'rr_src', 'srcdoc'].some((name) => now.attribute(name) !== iframe.attribute(name))) return false;
  const open = [document];
  for (let node = open.pop(); node; node = open.pop()) {
    if (tree.get(node.id)) return false;
    for (let child = node.first; child; child = child.next) open.push(child);
  }
  return true;
}
