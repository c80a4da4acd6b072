import type { Socket } from 'node:net';

/**
 * Returns a function that reports whether the server sent more than its Content-Length. undici reads a body up to that
 * length, closes the connection and returns excess bytes to the socket with `unshift`, which this function observes.
 * Later bytes are never seen. Line breaks after the body are tolerated.
 *
 * Remove once undici reports excess bytes itself; `bad-counterparts.test.ts` then passes without it.
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
