import { startWorker } from '../worker-host.mjs';

// The app's worker in a process of its own, asked by messages as the app asks it; `peak` tells its memory.
const ask = startWorker();
/** @typedef {{ id: number, method: any, params: any }} Question */

process.on('message', (/** @type {Question} */ { id, method, params }) => {
  const answer = method === 'peak' ? Promise.resolve(process.resourceUsage().maxRSS / 1024) : ask(method, params);
  answer.then(
    (value) => process.send?.({ id, value }),
    (/** @type {unknown} */ error) => process.send?.({ id, failure: String(error) }),
  );
});
