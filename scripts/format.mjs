import { bootstrap } from './bootstrap.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { runCommand } from './bootstrap/plain-error.mjs';
import { runProgram } from './bootstrap/programs.mjs';
import { packageProgram } from './package-program.mjs';

await runCommand(async () => {
  await bootstrap({ for: 'check' });
  const args = [packageProgram('prettier'), '--write', '--log-level=warn', '.'];
  await runProgram(process.execPath, args, { cwd: cloneDir });
});
