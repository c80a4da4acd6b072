import { openSearchIndex } from '../../src-main/node/search-index/search-index';
import { inventSession, putSession } from './search-corpus';

// A process that fills an index and reports each stored session, until it is killed.
const [folder = '', programPath = ''] = process.argv.slice(2);
const index = await openSearchIndex({ folder, key: new Uint8Array(32).fill(1), programPath });
for (let number = 0; ; number++) {
  const session = inventSession(number % 40, { entries: 30, texts: 20 });
  await putSession(index, session, String(number));
  process.stdout.write(`${session.session.id} ${number}\n`);
}
