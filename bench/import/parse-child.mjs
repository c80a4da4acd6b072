import { readFileSync } from 'node:fs';

// The peer: JSON.parse of the same bytes. Reading the file isn't counted; decoding the text is counted separately.
let ms = 0;
let decodeMs = 0;
let cpuMs = 0;
for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const started = performance.now();
  const text = bytes.toString('utf8');
  const decoded = performance.now();
  const cpu = process.cpuUsage();
  JSON.parse(text);
  ms += performance.now() - decoded;
  decodeMs += decoded - started;
  const { user, system } = process.cpuUsage(cpu);
  cpuMs += (user + system) / 1000;
}
process.stdout.write(JSON.stringify({ ms, cpuMs, decodeMs, peakMB: process.resourceUsage().maxRSS / 1024 }));
