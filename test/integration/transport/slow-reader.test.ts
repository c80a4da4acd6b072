import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { drain, get, openPair } from '../../helpers/test-transport';

describe('a server that sends everything and closes before we read', () => {
  // An uncaught error in a socket's event handler would end the process, and so fail the test run.
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
    // Waits until the server has sent everything and closed, which it can't do with a large body that isn't read.
    if (socket && !socket.destroyed && size <= 200_000) await once(socket, 'close');
    expect(await drain(reply)).toBe(size);
  });
});
