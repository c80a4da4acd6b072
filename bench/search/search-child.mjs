import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { median, percentile } from '../figures.mjs';
import { startWorker, thresholds } from '../worker-host.mjs';
import { seededRandom, pickWord } from './sessions.mjs';

// Imports an archive of sessions with the built worker, then repeatedly searches for two words with a filter.
const [archive = '', folder = '', queries = '100'] = process.argv.slice(2);
const ask = startWorker();
await ask('vault.open', {
  kept: join(folder, 'vault'),
  thisRun: join(folder, 'this-run', 'x'),
  key: randomBytes(32),
  isForThisRun: false,
});
const started = performance.now();
await ask('import.file', { path: archive, thresholds });
await ask('search.catch-up', {});
const importMs = performance.now() - started;

const sessions = await ask('library.list', {});
/** @type {{ hasError: boolean, startedAt: number, durationMs: number, texts: string[] }[]} */
const plain = [];
let entries = 0;
for (const session of sessions) {
  const timeline = await ask('timeline.get', { id: session.id, thresholds });
  entries += timeline.length;
  const texts = timeline.map((entry) => JSON.stringify(entry.quotes ?? {}).toLowerCase());
  plain.push({
    hasError: session.errorCount > 0,
    startedAt: session.facts.startedAt,
    durationMs: session.facts.durationMs,
    texts,
  });
}

const next = seededRandom(11);
const filters = () => {
  const middle = Date.UTC(2026, 0, 1) + next() * sessions.length * 3_600_000;
  const all = [
    { hasError: true },
    { fromMs: middle - 10 * 86_400_000, toMs: middle + 10 * 86_400_000 },
    { kinds: ['click'] },
    { kinds: ['console-error', 'console-warning'] },
    { url: pickWord(next) },
    { minDurationMs: 60_000 },
  ];
  return all[Math.floor(next() * all.length)] ?? {};
};

const tookMs = [];
const scanMs = [];
let hits = 0;
for (let count = 0; count < Number(queries); count++) {
  const words = [pickWord(next), pickWord(next)];
  const asked = performance.now();
  const { sessionCount } = await ask('search.query', { text: words.join(' '), filters: filters() });
  tookMs.push(performance.now() - asked);
  hits += sessionCount;
  // The peer: a scan of every timeline entry in memory, without a filter.
  if (count % 10 !== 0) continue;
  const scanned = performance.now();
  plain.filter(({ texts }) => words.every((word) => texts.some((text) => text.includes(word))));
  scanMs.push(performance.now() - scanned);
}
await ask('vault.close', null);
process.stdout.write(
  JSON.stringify({
    importMs,
    sessions: sessions.length,
    entries,
    medianMs: median(tookMs),
    p95Ms: percentile(tookMs, 0.95),
    mostMs: Math.max(...tookMs),
    scanMs: median(scanMs),
    hitsPerQuery: hits / tookMs.length,
    peakMB: process.resourceUsage().maxRSS / 1024,
  }),
);
