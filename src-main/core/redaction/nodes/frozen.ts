import type { ModelNode } from '../../recording/model/dom-model';
import { touch } from '../events/touch';
import type { RedactionContext } from '../redaction-context';

/**
 * Returns whether a node keeps its current form in the export: because it changes with what the user types or chooses, or because it was left out.
 * A change inside a left-out editor counts as typing into it. `part`: an area that the user wasn't in so far keeps its attributes and texts only.
 */
export function isFrozen(
  node: ModelNode | undefined,
  context: RedactionContext,
  part: 'state' | 'content' = 'state',
): boolean {
  const { page } = context;
  if (!node) return false;
  if (!page.isIncluded(node)) {
    noteTyping(node.parent, context);
    return true;
  }
  if (context.closes('surroundings') && page.visits.isAround(node)) return true;
  const isStill = part === 'state' ? page.areas.isStill(node) : page.areas.isClosed(node);
  if (isStill) touch(context);
  return isStill;
}

/** Notes that the content of the editor around a node changed. */
export function noteTyping(node: ModelNode | undefined, { page }: RedactionContext): void {
  const editor = page.editorAround(node);
  if (editor) page.visits.note(editor, undefined);
}
