import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';

/** Opens an address as a browser does, and follows its redirects. Returns the last page, and the addresses on the way. */
export async function browse(
  address: string,
  ca: string,
): Promise<{ status: number; page: string; visited: string[] }> {
  const visited: string[] = [];
  let next = address;
  for (;;) {
    visited.push(next);
    const reply = await open(next, ca);
    const chunks: Buffer[] = [];
    for await (const chunk of reply) chunks.push(chunk as Buffer);
    const { location } = reply.headers;
    if (location === undefined)
      return { status: reply.statusCode ?? 0, page: Buffer.concat(chunks).toString(), visited };
    next = location;
  }
}

function open(address: string, ca: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = address.startsWith('https:') ? getHttps(address, { ca }, resolve) : getHttp(address, resolve);
    request.on('error', reject);
  });
}
