import type { RequestListener } from 'node:http';
import { urlOf } from './reply-json';

interface ServedFile {
  bytes: Buffer;
  type?: string;
  /** The ETag, with quotes. Without it the server doesn't support ranges. */
  etag?: string;
}

export interface FileServerState {
  /** Files by path. */
  files: Record<string, ServedFile>;
  authorization?: string;
  /** The status and type of the reply for a missing file; 404 and a web page by default. */
  missing?: { status: number; type: string };
  /** Called before each reply. Returns the number of body bytes to send before the connection is dropped. */
  cutAfter?: (path: string) => number | undefined;
}

/** A web server that follows RFC 9110: strong ETags, ranges, `If-Match`. */
export function fileServer(state: FileServerState): RequestListener {
  return (request, response) => {
    const { pathname } = urlOf(request);
    if (state.authorization !== undefined && request.headers.authorization !== state.authorization) {
      response.writeHead(401, { 'content-length': 0 }).end();
      return;
    }
    const file = state.files[decodeURIComponent(pathname)];
    if (!file) {
      const { status, type } = state.missing ?? { status: 404, type: 'text/html' };
      response.writeHead(status, { 'content-type': type, 'content-length': 0 }).end();
      return;
    }
    const { bytes, type = 'application/json', etag } = file;
    const headers = { 'content-type': type, ...(etag !== undefined && { etag, 'accept-ranges': 'bytes' }) };
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && etag !== undefined && wanted !== etag) {
      response.writeHead(412, { ...headers, 'content-length': 0 }).end();
      return;
    }
    const range = etag === undefined ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    if (range && start >= bytes.length) {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}`, 'content-length': 0 }).end();
      return;
    }
    const body = bytes.subarray(start);
    response.writeHead(range ? 206 : 200, {
      ...headers,
      'content-length': body.length,
      ...(range && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    });
    const cut = state.cutAfter?.(pathname);
    if (cut === undefined || cut >= body.length) response.end(body);
    else response.write(body.subarray(0, cut), () => response.socket?.destroy());
  };
}
