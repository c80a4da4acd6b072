/** Whether the text is an address that a source can have: https and a host. The main process checks again. */
export function isSourceAddress(text: string): boolean {
  try {
    const url = new URL(text.trim());
    return url.protocol === 'https:' && url.hostname !== '';
  } catch {
    return false;
  }
}
