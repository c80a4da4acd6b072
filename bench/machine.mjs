import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { readJsonFile } from '../scripts/bootstrap/json-file.mjs';
import { cloneDir } from '../scripts/bootstrap/paths.mjs';
import { currentRuntime } from '../scripts/electron/runtime.mjs';

/** Describes the machine. The load shows whether other processes took time during the run. */
export function describeMachine() {
  const [cpu] = cpus();
  const runtime = currentRuntime();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()} ${process.arch}`,
    load: loadavg().map((value) => Math.round(value * 100) / 100),
    node: process.versions.node,
    v8: process.versions.v8,
    electron: runtime ? `${runtime.version} (${runtime.kind})` : 'none',
    rrweb: versionOf('rrweb'),
    'rrweb-player': versionOf('rrweb-player'),
  };
}

/** @param {string} name */
function versionOf(name) {
  const manifest = readJsonFile(join(cloneDir, 'node_modules', name, 'package.json'));
  return /** @type {{ version: string }} */ (manifest).version;
}
