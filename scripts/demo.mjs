import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runCommand } from './bootstrap/plain-error.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { runReopening } from './demo/without-network.mjs';

// Runs the main workflow in the real app without manual input. Results go to demo-out/.
await runCommand(async () => {
  await bootstrap({ for: 'demo' });
  // Imported here because Playwright is installed by an earlier step.
  const { runFirstSession } = await import('./demo/first-session.mjs');

  const out = join(cloneDir, 'demo-out');
  const files = mkdtempSync(join(tmpdir(), 'cas-demo-'));
  // The app may run as another user and saves its exports here.
  chmodSync(files, 0o777);
  try {
    const session = await runFirstSession(files);
    const reopening = await runReopening(join(files, 'case.casement'), files);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    for (const name of readdirSync(files)) copyFileSync(join(files, name), join(out, name));
    const sizes = readdirSync(out).map((name) => `  ${name.padEnd(28)} ${statSync(join(out, name)).size} bytes`);
    process.stdout.write(`\n${[...session, ...reopening].join('\n')}\n\ndemo-out/\n${sizes.join('\n')}\n`);
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
});
