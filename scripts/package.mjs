import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { PlainError, runCommand } from './bootstrap/plain-error.mjs';
import { currentRuntime } from './electron/runtime.mjs';

// Packages the app for this system. Further arguments go to electron-builder. The evaluation runtime is old and is never packaged for users:
// with --evaluation the script creates an unpacked folder, for tests that need a packaged app.
await runCommand(async () => {
  const isEvaluation = process.argv.includes('--evaluation');
  const given = process.argv.slice(2).filter((arg) => arg !== '--evaluation');
  await bootstrap({ for: 'app' });
  const runtime = currentRuntime();
  if (runtime?.kind !== 'release' && !isEvaluation) {
    throw new PlainError(
      'The pinned Electron could not be downloaded, and the evaluation runtime that replaces it is not packaged ' +
        'for users. Run this where the download works, or add --evaluation for an unpacked folder to test with.',
    );
  }
  const builder = fileURLToPath(new URL('../node_modules/electron-builder/cli.js', import.meta.url));
  const local =
    isEvaluation && runtime ? ['--dir', `-c.electronDist=${runtime.dir}`, `-c.electronVersion=${runtime.version}`] : [];
  const { status } = spawnSync(process.execPath, [builder, ...local, ...given], { cwd: cloneDir, stdio: 'inherit' });
  return status ?? 1;
});
