import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

// One recording under one policy, in a fresh process. The first run shows code that isn't compiled yet, later ones a worker that has
// been running for a while.
const [program = '', file = '', policy = '', wanted = '1'] = process.argv.slice(2);
const { timeMask, timePrepare } = /** @type {typeof import('./measure')} */ (await import(pathToFileURL(program).href));

const lines = readLines();
const megabytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / 1e6;
const runs = [];
for (let run = 0; run < Number(wanted); run++) runs.push(timeMask(lines, policy));
const prepareMs = await timePrepare(lines, policy);
process.stdout.write(JSON.stringify({ megabytes, events: lines.length, runs, prepareMs }));

/** Returns each event as a separate text. */
function readLines() {
  const bytes = readFileSync(file);
  /** @type {unknown[]} */
  const events = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
  return events.map((event) => JSON.stringify(event));
}
