import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { drain, get, openPair } from '../../helpers/test-transport';

describe('a server that sends everything and closes before we read', () => {
  // An error in the socket's own handler would end the process: here it fails the whole run.
  const sizes = Array.from({ length: 60 }, (_, index) => 15_000 + index * 1_021);
  it.each([...sizes, 1_000_000])('delivers all %i bytes', async (size) => {
    let response: ServerResponse | undefined;
    const { transport } = await openPair((_, answer) => {
      response = answer;
      answer.setHeader('content-type', 'application/octet-stream').setHeader('content-length', size);
      answer.end(Buffer.alloc(size, 0x61));
    });
    const reply = await transport.fetch(get('/big'));
    const { socket } = response ?? {};
    // Until the other side is done: its end has come here, unless it is too large to be sent without a reader.
    if (socket && !socket.destroyed && size <= 200_000) await once(socket, 'close');
    expect(await drain(reply)).toBe(size);
  });
});
