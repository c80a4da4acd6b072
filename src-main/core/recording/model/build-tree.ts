import { NodeType } from '../events';
import { listOf } from '../json';
import { isSerializedNode, LiveNode, NodeFlag, type SerializedNode } from './model-node';

/** A list of serialized children and the number of built ones. */
interface OpenList {
  readonly parent: LiveNode;
  readonly children: readonly unknown[];
  next: number;
}

/** Creates a node and its serialized descendants in document order. Iterative, because a page can be nested to any depth. */
export class TreeBuilder {
  /** The number of serialized children that were malformed or didn't fit. */
  left = 0;
  private readonly open: OpenList[] = [];
  private budget = 0;

  constructor(
    private readonly register: (node: LiveNode) => void,
    private readonly rooted: (host: LiveNode) => void,
    private readonly takeDocument: (iframeId: number) => SerializedNode | undefined,
  ) {}

  build(serialized: SerializedNode, limit: number): LiveNode {
    this.budget = limit;
    const top = this.make(serialized);
    for (let list = this.open[this.open.length - 1]; list; list = this.open[this.open.length - 1]) {
      if (list.next >= list.children.length) {
        this.open.pop();
        continue;
      }
      const child = list.children[list.next++];
      if (!isSerializedNode(child) || !fits(list.parent, child) || this.budget <= 0) {
        this.left++;
        continue;
      }
      const node = this.make(child);
      if ((node.flags & NodeFlag.shadow) !== 0 && (list.parent.flags & NodeFlag.shadowHost) === 0) {
        list.parent.flags |= NodeFlag.shadowHost;
        this.rooted(list.parent);
      }
      list.parent.insert(node, undefined);
    }
    return top;
  }

  private make(serialized: SerializedNode): LiveNode {
    const node = new LiveNode(serialized);
    this.budget--;
    this.register(node);
    if (node.type !== NodeType.Element && node.type !== NodeType.Document) return node;
    // A textarea's recorded value is its entire content.
    const children = hasValueForContent(node) ? [] : listOf(serialized.childNodes);
    const waiting = node.tag === 'iframe' ? this.takeDocument(node.id) : undefined;
    if (waiting) this.open.push({ parent: node, children: [waiting], next: 0 });
    else if (children.length > 0) this.open.push({ parent: node, children, next: 0 });
    return node;
  }
}

function hasValueForContent(node: LiveNode): boolean {
  return node.tag === 'textarea' && typeof node.attribute('value') === 'string';
}

/** A document can only be in an iframe, and a document type only in a document. */
function fits(parent: LiveNode, child: SerializedNode): boolean {
  if (child.type === NodeType.Document) return parent.tag === 'iframe' && !parent.first;
  if (child.type === NodeType.DocumentType) return parent.type === NodeType.Document;
  return parent.tag !== 'textarea' || child.type === NodeType.Text;
}
