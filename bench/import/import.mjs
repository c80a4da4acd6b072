import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runProgram } from '../../scripts/bootstrap/programs.mjs';
import { alternate } from '../alternate.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';

/**
 * @typedef {{ ms: number, cpuMs: number, storedMs: number, peakMB: number, events: number, sessions: number, vaultMB: number }} Imported
 * @typedef {{ ms: number, cpuMs: number, decodeMs: number, peakMB: number }} Parsed
 */

/** Roughly the longest text that V8 supports, in bytes; a longer recording can't be parsed at once and has no peer. */
const longestText = 500e6;

/**
 * Imports a file several times, each time into a new vault in a new process, in turn with parses of the same bytes.
 * @param {string} name
 * @param {string} file
 * @param {object} [options]
 * @param {number} [options.runs]
 * @param {boolean} [options.hasLimit]  the promised ratio applies
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureImport(name, file, { runs = 3, hasLimit = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  try {
    const parts = await unpack(file, folder);
    const bytes = parts.reduce((sum, part) => sum + statSync(part).size, 0);
    const isParsed = bytes < longestText;
    /** @type {import('../alternate.mjs').Alternated<Imported, Parsed | undefined>} */
    const rounds = await alternate(
      runs,
      () => runChild('import/import-child.mjs', [file, mkdtempSync(join(folder, 'vault-'))]),
      async () => (isParsed ? await runChild('import/parse-child.mjs', parts) : undefined),
    );
    const { ours: imports } = rounds;
    const parses = rounds.peer.filter((each) => each !== undefined);
    const ms = median(imports.map((each) => each.ms));
    // An import starts from bytes, so the peer decodes them too; `details` has the ratio to JSON.parse of a decoded text.
    const ratioTo = (/** @type {(parse: Parsed) => number} */ of) =>
      rounds.ratio(
        (each) => each.ms,
        (each) => (each ? of(each) : NaN),
      );
    const parseMs = median(parses.map((each) => each.decodeMs + each.ms));
    const [first] = imports;
    const peaks = imports.map((each) => each.peakMB);
    const details = {
      MB: bytes / 1e6,
      events: first?.events ?? 0,
      sessions: first?.sessions ?? 0,
      runs: imports.map((each) => Math.round(each.ms)).join(' '),
      storedMs: median(imports.map((each) => each.storedMs)),
      vaultMB: first?.vaultMB ?? 0,
      usPerEvent: (ms * 1000) / (first?.events ?? 1),
      cpuMs: median(imports.map((each) => each.cpuMs)),
      ...(isParsed && {
        cpuRatio: rounds.ratio(
          (each) => each.cpuMs,
          (each) => each?.cpuMs ?? NaN,
        ),
        parseRuns: parses.map((each) => Math.round(each.decodeMs + each.ms)).join(' '),
        ratioWithoutDecoding: ratioTo((each) => each.ms),
      }),
    };
    const peer = isParsed
      ? {
          peer: { name: 'decode and JSON.parse', value: parseMs, ratio: ratioTo((each) => each.decodeMs + each.ms) },
        }
      : {};
    return [
      judge({
        name: `import ${name}`,
        value: ms,
        unit: 'ms',
        ...peer,
        ...(hasLimit && { limit: { most: 2.5, of: 'ratio' } }),
        details,
        note: 'from the file to stored and searchable, in the built worker',
      }),
      judge({
        name: `import ${name}: peak memory`,
        value: Math.max(...peaks),
        unit: 'MB',
        ...(bytes > 100e6 && { limit: { most: 500, of: 'value' } }),
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Returns the JSON files in a recording's file: the file itself, decompressed, or the members of an archive.
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function unpack(file, folder) {
  if (!file.endsWith('.gz')) return [file];
  if (file.endsWith('.tar.gz')) {
    const members = join(folder, 'members');
    mkdirSync(members);
    await runProgram('tar', ['-xzf', file, '-C', members]);
    return readdirSync(members)
      .map((member) => join(members, member))
      .filter(isJson);
  }
  const plain = join(folder, basename(file, '.gz'));
  writeFileSync(plain, gunzipSync(readFileSync(file)));
  return [plain];
}

/** @param {string} file */
function isJson(file) {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
