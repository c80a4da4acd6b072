import type { KeyPress } from '../session/keyboard-map';

/** What a key asks to be searched: everything (Ctrl+K), or what is open (Ctrl+F). Macs have their own key for that. */
export function searchScopeFor(press: KeyPress): 'all' | 'session' | undefined {
  if (press.ctrlKey === press.metaKey || press.altKey || press.shiftKey) return undefined;
  const key = press.key.toLowerCase();
  return key === 'k' ? 'all' : key === 'f' ? 'session' : undefined;
}
