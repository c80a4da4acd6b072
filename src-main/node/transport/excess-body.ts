import type { Socket } from 'node:net';

/**
 * Whether more came than the reply's own length. undici reads a reply to that length, ends the connection, and gives what it had taken too
 * much of it back to the socket. What comes later is never seen, and line breaks are no fault.
 */
export function detectExcessBody(socket: Socket): () => boolean {
  let hasMore = false;
  const unshift = socket.unshift.bind(socket);
  socket.unshift = (chunk: Buffer) => {
    hasMore ||= socket.destroyed && chunk.some((byte) => byte !== 0x0d && byte !== 0x0a);
    unshift(chunk);
  };
  return () => hasMore;
}
