/** Returns whether the focused element handles the key, so that the player has to ignore it. */
export function isKeyTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')) return true;
  if (target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=separator]')) return true;
  // Space and Enter press the focused button. Handling them twice would undo it.
  if (key === ' ' || key === 'Enter') return target.closest('button, a, summary, input, [role=switch]') !== null;
  if (key.startsWith('Arrow')) return target.closest('input[type=radio]') !== null;
  return false;
}
