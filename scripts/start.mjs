import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { bootstrap } from './bootstrap.mjs';
import { PlainError, runCommand } from './bootstrap/plain-error.mjs';
import { electronLaunch } from './electron/launch.mjs';
import { openRootSession } from './electron/root-session.mjs';
import { reachableArguments } from './electron/start-arguments.mjs';
import { runtimeUser } from './electron/user.mjs';

// Opens the application on the current desktop.
await runCommand(async () => {
  checkDisplay();
  await bootstrap({ for: 'app' });
  const given = reachableArguments(process.argv.slice(2), runtimeUser);
  const session = runtimeUser ? await openRootSession() : undefined;
  try {
    const launch = electronLaunch(session ?? {});
    const child = spawn(launch.executablePath, [...launch.args, ...given], { env: launch.env, stdio: 'inherit' });
    // The terminal sends Ctrl+C to the application too, which closes; then this process ends with it.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const [code, signal] = /** @type {[number | null, NodeJS.Signals]} */ (await once(child, 'exit'));
    return code ?? 128 + constants.signals[signal];
  } finally {
    await session?.stop();
  }
});

function checkDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY) return;
  // Another user can't reach the compositor's socket.
  if (process.env.WAYLAND_DISPLAY && !runtimeUser) return;
  throw new PlainError(
    'There is no display to open a window on. Run "npm run demo", which starts a virtual one, or set DISPLAY to an ' +
      'X server and run the command again.',
  );
}
