import type { KeyPress } from '../session/keyboard-map';

/** Returns the scope of the search that a key opens: all sessions (Ctrl+K) or the open one (Ctrl+F), with ⌘ on a Mac. */
export function searchScopeFor(press: KeyPress): 'all' | 'session' | undefined {
  if (press.ctrlKey === press.metaKey || press.altKey || press.shiftKey) return undefined;
  const key = press.key.toLowerCase();
  return key === 'k' ? 'all' : key === 'f' ? 'session' : undefined;
}
