import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../child.mjs';
import { judge } from '../figures.mjs';
import { writeArchive } from './sessions.mjs';

/**
 * Measures search over a thousand imported sessions.
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureSearch() {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  try {
    // Two of its events produce about three timeline entries.
    const archive = await writeArchive(folder, { sessions: 1000, entries: 345 });
    /** @type {Record<'importMs' | 'sessions' | 'entries' | 'medianMs' | 'p95Ms' | 'mostMs' | 'scanMs' | 'hitsPerQuery' | 'peakMB', number>} */
    const found = await runChild('search/search-child.mjs', [archive, folder, '200']);
    const { medianMs, scanMs, ...details } = found;
    return [
      judge({
        name: 'search: two words with a filter, median',
        value: medianMs,
        unit: 'ms',
        peer: { name: 'scan in memory, no filter', value: scanMs, ratio: scanMs / medianMs },
        limit: { least: 1, of: 'ratio' },
        details,
        note: '200 queries, asked of the built worker',
      }),
      { name: 'search: import of all sessions', value: details.importMs, unit: 'ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
