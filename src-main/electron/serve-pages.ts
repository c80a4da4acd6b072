import type { Session } from 'electron';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pageHeaders } from './page-headers';
import { originOf, replayScheme, shellOrigin, shellScheme } from './origins';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

type Files = ReadonlyMap<string, { body: Buffer; mediaType: string }>;

/** Reads all files of a built page into memory, so that no path of a request reaches the file system. */
function readFiles(folder: string, prefix = ''): Files {
  const files = new Map<string, { body: Buffer; mediaType: string }>();
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) for (const [name, file] of readFiles(folder, path)) files.set(name, file);
    else {
      const mediaType = mediaTypes[extname(entry.name)];
      if (mediaType) files.set(path, { body: readFileSync(join(folder, path)), mediaType });
    }
  }
  return files;
}

/** Serves the two pages under their own schemes. `isReplayOpen` returns whether a replay is open at an origin. */
export function servePages(session: Session, folder: string, isReplayOpen: (origin: string) => boolean): void {
  const shell = readFiles(join(folder, 'shell'));
  const replay = readFiles(join(folder, 'replay'));
  session.protocol.handle(shellScheme, ({ url }) =>
    originOf(url) === shellOrigin ? respond(shell, url, pageHeaders.shell) : notFound(),
  );
  session.protocol.handle(replayScheme, ({ url }) =>
    isReplayOpen(originOf(url)) ? respond(replay, url, pageHeaders.replay) : notFound(),
  );
}

function respond(files: Files, url: string, headers: Record<string, string>): Response {
  const file = files.get(new URL(url).pathname);
  if (!file) return notFound();
  return new Response(new Uint8Array(file.body), { headers: { ...headers, 'content-type': file.mediaType } });
}

function notFound(): Response {
  return new Response('', { status: 404 });
}
