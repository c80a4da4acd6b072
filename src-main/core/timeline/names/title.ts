import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { readFlatText } from './flat-text';

const titleLimit = 80;

/** Returns the title of the open page, or '' if it has no letters or digits, such as a masked one. */
export function readTitle(model: DomModel): string {
  const under = (node: ModelNode | undefined, tag: string): ModelNode | undefined =>
    node?.children.find((child) => child.tag === tag);
  const node = under(under(under(model.root, 'html'), 'head'), 'title');
  const title = node ? readFlatText(node, titleLimit) : '';
  return /[\p{L}\p{N}]/u.test(title) ? title : '';
}
