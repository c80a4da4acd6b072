import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openCatalogue } from './catalogue';
import type { CertifiedKey } from './certificate';
import { issueLeaf } from './demo-ca';
import { IssuedKeys } from './issued-keys';
import { createResponder, problem, type DemoReply } from './respond';
import { TokenBuckets } from './token-bucket';

export interface DemoServerOptions {
  ca: CertifiedKey;
  /** The folder of `sessions.json` and the recordings that it names. */
  recordingsDir: string;
  /** The lines that `onKeyIssued` reported, in this run or an earlier one. */
  issuedKeyHashes: readonly string[];
  /** The secret that allows a client to request keys. */
  setupToken: string;
  /** The preferred port. Another one is used if it is taken. */
  port?: number;
  /** Called for each new key with a line that contains its hash, never the key. */
  onKeyIssued?: (line: string) => void;
  requestsPerMinute?: number;
  nowMs?: () => number;
}

export interface DemoServer {
  port: number;
  close: () => Promise<void>;
}

const bodyLimitBytes = 4096;

/** Starts the demo's recording server: the protocol of `docs/sources.md` over TLS, on 127.0.0.1 only. */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const nowMs = options.nowMs ?? Date.now;
  const leaf = issueLeaf(options.ca, nowMs());
  const respond = createResponder({
    catalogue: await openCatalogue(options.recordingsDir),
    keys: new IssuedKeys(options.issuedKeyHashes),
    buckets: new TokenBuckets(options.requestsPerMinute ?? 120, nowMs),
    setupToken: options.setupToken,
    onKeyIssued: options.onKeyIssued ?? (() => undefined),
  });
  const server = createServer(
    { cert: leaf.certPem, key: leaf.keyPem, minVersion: 'TLSv1.2', headersTimeout: 10_000, requestTimeout: 20_000 },
    (request, response) => void serve(request, response, respond),
  );
  server.maxConnections = 50;
  // Ignore clients that don't trust the certificate or close the connection.
  server.on('tlsClientError', () => undefined);
  server.on('clientError', (_, socket) => socket.destroy());

  const port = await listen(server, options.port ?? 0);
  return { port, close: () => close(server) };
}

type Respond = ReturnType<typeof createResponder>;

async function serve(request: IncomingMessage, response: ServerResponse, respond: Respond): Promise<void> {
  const reply = await answer(request, respond).catch((): DemoReply => problem(500, 'internal', 'The server failed.'));
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;
  response.writeHead(reply.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...reply.headers,
    'content-length': body.length,
  });
  response.end(body);
}

async function answer(request: IncomingMessage, respond: Respond): Promise<DemoReply> {
  const body = await readText(request);
  if (body === undefined) return problem(413, 'too_large', 'The request is too large.');
  const { method = '', headers } = request;
  const url = new URL(request.url ?? '/', 'https://localhost');
  return respond({
    method,
    path: url.pathname,
    query: url.searchParams,
    authorization: headers.authorization ?? '',
    accept: headers.accept ?? '',
    acceptEncoding: String(headers['accept-encoding'] ?? ''),
    body,
  });
}

/** Returns undefined if the body is larger than any valid request; the rest is read and discarded. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  let total = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total <= bodyLimitBytes) chunks.push(chunk);
  }
  return total > bodyLimitBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    return await listenOn(server, port);
  } catch (error) {
    if (port === 0) throw error;
    return listenOn(server, 0);
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
