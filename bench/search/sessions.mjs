import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../scripts/bootstrap/programs.mjs';

/**
 * Returns a seeded random number generator.
 * @param {number} seed
 * @returns {() => number} from 0 to just below 1
 */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 4294967296;
  };
}

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru'.split(' ');

/** As in a language, few words are frequent and many are rare. */
export const vocabulary = Array.from({ length: 4000 }, (_, index) => {
  const letters = [index % 25, Math.floor(index / 25) % 25, Math.floor(index / 625) % 25];
  return letters.map((letter) => syllables[letter]).join('');
});

/** @param {() => number} next */
export const pickWord = (next) => vocabulary[Math.floor(vocabulary.length * next() ** 3)] ?? '';

/**
 * Writes an archive of recordings of ordinary sessions: a user opens pages and clicks named buttons, and sometimes a request fails.
 * @param {string} folder
 * @param {{ sessions: number, entries: number }} size  entries of the timeline, of each session
 * @returns {Promise<string>} the archive
 */
export async function writeArchive(folder, { sessions, entries }) {
  const members = join(folder, 'members');
  mkdirSync(members);
  const next = seededRandom(7);
  for (let index = 0; index < sessions; index++) {
    writeFileSync(join(members, `session-${index}.json`), JSON.stringify(makeSession(next, index, entries)));
  }
  const archive = join(folder, 'sessions.tar');
  await runProgram('tar', ['-cf', archive, '-C', members, '.']);
  rmSync(members, { recursive: true });
  return archive;
}

/**
 * @param {() => number} next
 * @param {number} index
 * @param {number} entries
 */
function makeSession(next, index, entries) {
  const words = (/** @type {number} */ count) => Array.from({ length: count }, () => pickWord(next)).join(' ');
  let timestamp = Date.UTC(2026, 0, 1) + index * 3_600_000;
  const buttons = Array.from({ length: 30 }, (_, at) => {
    const text = { type: 3, id: 101 + at * 2, textContent: words(3) };
    return { type: 2, id: 100 + at * 2, tagName: 'button', attributes: {}, childNodes: [text] };
  });
  const body = { type: 2, id: 5, tagName: 'body', attributes: {}, childNodes: buttons };
  const html = {
    type: 2,
    id: 3,
    tagName: 'html',
    attributes: {},
    childNodes: [{ type: 2, id: 4, tagName: 'head', attributes: {}, childNodes: [] }, body],
  };
  const meta = () => ({
    type: 4,
    data: { href: `https://shop.example/${pickWord(next)}/${pickWord(next)}`, width: 1280, height: 800 },
    timestamp,
  });
  const page = { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } };
  /** @type {object[]} */
  const events = [meta(), { type: 2, data: page, timestamp }];
  for (let count = 0; count < entries; count++) {
    timestamp += 4000 + Math.floor(next() * 2000);
    const kind = next();
    if (kind < 0.7) {
      const at = Math.floor(next() * buttons.length);
      events.push({ type: 3, data: { source: 2, type: 2, id: 100 + at * 2, x: 10, y: 10 }, timestamp });
      // The page answers, so the click isn't a dead one.
      const texts = [{ id: 101 + at * 2, value: words(3) }];
      events.push({
        type: 3,
        data: { source: 0, texts, attributes: [], removes: [], adds: [] },
        timestamp: timestamp + 100,
      });
    } else if (kind < 0.9) events.push({ type: 5, data: { tag: words(2), payload: { note: words(4) } }, timestamp });
    else {
      const level = kind < 0.97 ? 'warn' : 'error';
      events.push({
        type: 6,
        data: { plugin: 'rrweb/console@1', payload: { level, trace: [], payload: [JSON.stringify(words(6))] } },
        timestamp,
      });
    }
  }
  return events;
}
