/** Returns whether the text is a valid address of a source: https and a host. The main process checks again. */
export function isSourceAddress(text: string): boolean {
  try {
    const url = new URL(text.trim());
    return url.protocol === 'https:' && url.hostname !== '';
  } catch {
    return false;
  }
}
