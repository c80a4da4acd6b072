import type { Options } from 'css-select';
import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';

type Adapter = NonNullable<Options<ModelNode, ModelNode>['adapter']>;

/**
 * Lets css-select read the recorded page. A shadow root and the document of an iframe are children of their host here, so that a rule for
 * an element applies to everything inside it.
 */
export const modelAdapter: Adapter = {
  isTag: (node): node is ModelNode => node.type === NodeType.Element,
  getAttributeValue(element, name) {
    const value = element.attributes.get(name);
    return value === undefined || value === null || value === false ? undefined : String(value === true ? '' : value);
  },
  hasAttrib(element, name) {
    const value = element.attributes.get(name);
    return value !== undefined && value !== null && value !== false;
  },
  getName: (element) => element.tag,
  getParent: (node) => node.parent ?? null,
  getChildren: (node) => [...node.children],
  // Nodes in a shadow root have no siblings outside of it.
  getSiblings: (node) =>
    node.parent ? node.parent.children.filter(({ isShadow }) => isShadow === node.isShadow) : [node],
  getText: () => '',
  removeSubsets: (nodes) => nodes,
};
