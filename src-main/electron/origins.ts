/** The shell's scheme and its only host. `URL.origin` of a custom scheme is `null` in Node, so compare with `originOf`. */
export const shellScheme = 'app';
const shellHost = 'casement';
export const shellOrigin = `${shellScheme}://${shellHost}`;
/** The origin of the page that is printed. It differs from the shell's, so its requests are refused. */
export const printOrigin = `${shellScheme}://print`;

/** The replay frame's scheme; its host is the id of the session, so each session has its own origin and process. */
export const replayScheme = 'replay';
export function replayOrigin(sessionId: string): string {
  return `${replayScheme}://${sessionId}`;
}

/** Returns scheme and host of a URL; '' if it isn't a URL. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
