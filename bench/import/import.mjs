import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runProgram } from '../../scripts/bootstrap/programs.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';

/**
 * @typedef {{ ms: number, cpuMs: number, storedMs: number, peakMB: number, events: number, sessions: number, vaultMB: number }} Imported
 * @typedef {{ ms: number, cpuMs: number, decodeMs: number, peakMB: number }} Parsed
 */

/** The longest text that V8 holds, about; what is longer can't be parsed at once, so it has no peer. */
const longestText = 500e6;

/**
 * Imports a file several times, each time into a new vault in a new process, between parses of the same bytes.
 * @param {string} name
 * @param {string} file
 * @param {object} [options]
 * @param {number} [options.runs]
 * @param {boolean} [options.hasLimit]  the promised ratio holds for it
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureImport(name, file, { runs = 3, hasLimit = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  try {
    const parts = await unpack(file, folder);
    const bytes = parts.reduce((sum, part) => sum + statSync(part).size, 0);
    /** @type {Imported[]} */
    const imports = [];
    /** @type {Parsed[]} */
    const parses = [];
    for (let run = 0; run < runs; run++) {
      if (bytes < longestText) parses.push(await runChild('import/parse-child.mjs', parts));
      imports.push(await runChild('import/import-child.mjs', [file, mkdtempSync(join(folder, 'vault-'))]));
    }
    const ms = median(imports.map((each) => each.ms));
    // Of bytes, as an import has them: JSON.parse takes a text, and `details` has the ratio to its part alone.
    const parseMs = median(parses.map((each) => each.decodeMs + each.ms));
    const textParseMs = median(parses.map((each) => each.ms));
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
      ...(parses.length > 0 && {
        cpuRatio: median(imports.map((each) => each.cpuMs)) / median(parses.map((each) => each.cpuMs)),
        parseRuns: parses.map((each) => Math.round(each.decodeMs + each.ms)).join(' '),
        ratioWithoutDecoding: ms / textParseMs,
      }),
    };
    const peer =
      parses.length > 0 ? { peer: { name: 'decode and JSON.parse', value: parseMs, ratio: ms / parseMs } } : {};
    return [
      judge({
        name: `import ${name}`,
        value: ms,
        unit: 'ms',
        ...peer,
        ...(hasLimit && { limit: { most: 4, of: 'ratio' } }),
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
 * The JSON files in a recording's file: itself, what gzip hides, or the members of an archive.
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
