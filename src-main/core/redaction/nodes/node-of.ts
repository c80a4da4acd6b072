import { isNodeId, isRecord } from '../../recording/json';
import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';

/** Returns the node of the page that a record such as `{id: 5}` refers to. */
export function nodeOf(record: unknown, { page }: RedactionContext): ModelNode | undefined {
  return isRecord(record) && isNodeId(record.id) ? page.model.get(record.id) : undefined;
}
