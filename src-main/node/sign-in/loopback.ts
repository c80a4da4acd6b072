import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CasementError } from '../../contract/errors';
import { signInPage } from '../../contract/words/sign-in';
import { redirectError } from '../../core/sources/oauth';

const host = '127.0.0.1';
const path = '/callback';

/** The redirect address as it is registered: servers accept any port for a loopback address (RFC 8252, 7.3). */
export const registeredRedirectUri = `http://${host}${path}`;

export interface RedirectListener {
  /** With the port of this listener. */
  redirectUri: string;
  /** Resolves with the code, or rejects with sign-in-denied, sign-in-refused, sign-in-state, sign-in-late or cancelled. */
  code: Promise<string>;
  close: () => void;
}

interface Options {
  state: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Waits on a random port of 127.0.0.1 for the browser's redirect. It accepts one redirect and is closed afterwards, at the
 * time limit, or on cancel.
 */
export async function listenForRedirect({ state, timeoutMs, signal }: Options): Promise<RedirectListener> {
  signal.throwIfAborted();
  let settle: (result: { code: string } | { error: CasementError }) => void = () => undefined;
  const code = new Promise<string>((resolve, reject) => {
    settle = (result) => ('code' in result ? resolve(result.code) : reject(result.error));
  });
  // The sign-in may fail before it awaits the code.
  code.catch(() => undefined);
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    const query = readRedirect(request, port);
    if (!query) return answer(response, 404, signInPage.notFound);
    const result = readResult(query, state);
    answer(response, 'code' in result ? 200 : 400, 'code' in result ? signInPage.done : signInPage.failed);
    settle(result);
    close();
  });
  const close = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    // Ends once the browser has read the page; an idle connection of the browser ends now.
    server.close();
    server.closeIdleConnections();
  };
  const fail = (error: CasementError): void => {
    settle({ error });
    close();
    server.closeAllConnections();
  };
  const onAbort = (): void => fail(new CasementError('cancelled'));
  const timer = setTimeout(
    () => fail(new CasementError('sign-in-late', { minutes: Math.round(timeoutMs / 60_000) })),
    timeoutMs,
  );
  signal.addEventListener('abort', onAbort, { once: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { redirectUri: `http://${host}:${port}${path}`, code, close: () => fail(new CasementError('cancelled')) };
}

/** Returns the query of the redirect. Anything else, such as a request for an icon or for another host name, is not it. */
function readRedirect({ method, url = '', headers }: IncomingMessage, port: number): URLSearchParams | undefined {
  if (method !== 'GET' || headers.host !== `${host}:${port}`) return undefined;
  const [name, query = ''] = url.split('?', 2);
  return name === path ? new URLSearchParams(query) : undefined;
}

function readResult(query: URLSearchParams, state: string): { code: string } | { error: CasementError } {
  const [given, code, error] = [query.get('state') ?? '', query.get('code'), query.get('error')];
  if (!isSame(given, state)) return { error: new CasementError('sign-in-state') };
  if (error !== null || !code) return { error: redirectError(error ?? '') };
  return { code };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function answer(response: ServerResponse, status: number, { title, text }: { title: string; text: string }): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p>`;
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(body);
}
