import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { alternate } from '../alternate.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';

/** @typedef {typeof import('./client')} Client */
/** @typedef {{ ms: number, peakMB: number, mainMB: number, events: number }} Pulled */

/**
 * Pulls a recording over TLS on the loopback interface several times, in turn with imports of the same file from disk.
 * @param {string} name
 * @param {string} file  uncompressed JSON
 * @param {{ runs?: number, hasLimit?: boolean }} [options]
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measurePull(name, file, { runs = 3, hasLimit = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  const { module: client } = /** @type {{ module: Client }} */ (
    await runnerImport(join(cloneDir, 'bench', 'pull', 'client.ts'))
  );
  const { ca, server: leaf } = client.issueCertificates();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca.certPem);
  const server = createServer({ cert: leaf.certPem, key: leaf.keyPem }, (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.endsWith('/recording') !== true) {
      response.end('{"label":"bench","scopes":["sessions:list"]}');
      return;
    }
    response.setHeader('content-length', statSync(file).size);
    createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
  });
  try {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = server.address();
    const origin = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    /** @type {import('../alternate.mjs').Alternated<Pulled, { ms: number, peakMB: number }>} */
    const rounds = await alternate(
      runs,
      () => runChild('pull/pull-child.mjs', [origin, caFile, mkdtempSync(join(folder, 'vault-'))]),
      () => runChild('import/import-child.mjs', [file, mkdtempSync(join(folder, 'vault-'))]),
    );
    const { ours: pulls, peer: imports } = rounds;
    const ms = median(pulls.map((each) => each.ms));
    const importMs = median(imports.map((each) => each.ms));
    return [
      judge({
        name: `pull ${name}`,
        value: ms,
        unit: 'ms',
        peer: {
          name: 'import of the same file',
          value: importMs,
          ratio: rounds.ratio(
            (each) => each.ms,
            (each) => each.ms,
          ),
        },
        ...(hasLimit && { limit: { most: 1.3, of: 'ratio' } }),
        details: {
          events: pulls[0]?.events ?? 0,
          runs: pulls.map((each) => Math.round(each.ms)).join(' '),
          importRuns: imports.map((each) => Math.round(each.ms)).join(' '),
          mainMB: Math.max(...pulls.map((each) => each.mainMB)),
        },
        note: 'over TLS on the loopback interface, from the request to stored and searchable, with the built worker',
      }),
      judge({
        name: `pull ${name}: peak memory of the worker`,
        value: Math.max(...pulls.map((each) => each.peakMB)),
        unit: 'MB',
        ...(hasLimit && { limit: { most: 500, of: 'value' } }),
      }),
    ];
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}
