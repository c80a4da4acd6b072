import type { ModelNode } from '../../recording/model/dom-model';
import { fieldOf } from '../../redaction/page/fields';
import { isKeypad } from '../../redaction/page/private-shapes';

/** A key is at most this many levels below its keypad. */
const keypadLevels = 4;

/**
 * Returns true for fields, editors, groups of choices and keypads. How often and when the user clicks there depends on what is entered, so
 * no policy may show it, and it is judged coarsely from the start.
 */
export function isPrivateInput(node: ModelNode): boolean {
  if (fieldOf(node)) return true;
  let above = node.parent;
  for (let level = 0; above && level < keypadLevels; level++, above = above.parent) if (isKeypad(above)) return true;
  return false;
}
