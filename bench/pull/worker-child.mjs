import { startWorker } from '../worker-host.mjs';

// Runs the app's worker in its own process and sends it the app's messages; `peak` returns its memory.
const ask = startWorker();
/** @typedef {{ id: number, method: any, params: any }} Question */

process.on('message', (/** @type {Question} */ { id, method, params }) => {
  const answer = method === 'peak' ? Promise.resolve(process.resourceUsage().maxRSS / 1024) : ask(method, params);
  answer.then(
    (value) => process.send?.({ id, value }),
    (/** @type {unknown} */ error) => process.send?.({ id, failure: String(error) }),
  );
});
