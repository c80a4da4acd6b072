import { runCasement } from './dbg.mjs';
import { chance } from '../search/sessions.mjs';
import { readFileSync } from 'node:fs';
const e = JSON.parse(readFileSync(process.argv[2]));
const dur = e.at(-1).timestamp - e[0].timestamp;
const next = chance(40);
console.log(dur, await runCasement(process.argv[2], [208341, 623509, 640512], { opens: 1 }).catch((e) => e));
