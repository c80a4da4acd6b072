import { createHash } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readJsonFile } from './json-file.mjs';
import { cloneDir } from './paths.mjs';
import { PlainError, log } from './plain-error.mjs';
import { runProgram } from './programs.mjs';
import { createRuntimeFolder } from './runtime-folder.mjs';

/** The release can't be downloaded from here. Another runtime may do. */
export class Unreachable extends Error {}

/**
 * Downloads Electron's release. Electron's own installer needs a newer Node.js and has no time limit.
 * @param {string} version
 */
export async function installRelease(version) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const base = process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  await createRuntimeFolder('release', version, async (temporary, target) => {
    const zip = join(temporary, name);
    await download(`${base}v${version}/${name}`, zip, expectedChecksum(name));
    await unpack(zip, target);
    rmSync(zip);
  });
}

/** @param {string} name */
function expectedChecksum(name) {
  const list = readJsonFile(join(cloneDir, 'node_modules', 'electron', 'checksums.json'));
  const checksum = /** @type {Record<string, string>} */ (list)[name];
  if (!checksum) throw new PlainError(`Electron has no release for this platform (${name}). Use another machine.`);
  return checksum;
}

/**
 * @param {string} url
 * @param {string} file
 * @param {string} checksum
 */
async function download(url, file, checksum) {
  // Imported here because the packages are installed by an earlier step. Unlike the built-in fetch, undici supports proxies.
  const { EnvHttpProxyAgent, request, interceptors } = await import('undici');
  const limits = { connect: { timeout: 10_000 }, headersTimeout: 10_000, bodyTimeout: 30_000 };
  const agent = new EnvHttpProxyAgent(limits);
  const hash = createHash('sha256');
  try {
    const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: 5 }));
    const { statusCode, body } = await request(url, { dispatcher });
    if (statusCode !== 200) throw new Error(`${new URL(url).host} answered ${statusCode}`);
    log(`Downloading ${url} …`);
    body.on('data', (/** @type {Buffer} */ chunk) => hash.update(chunk));
    await pipeline(body, createWriteStream(file));
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  } finally {
    await agent.destroy();
  }
  if (hash.digest('hex') !== checksum) {
    throw new PlainError(
      `The download from ${url} has the wrong checksum and was deleted. ` +
        'Check for a proxy or a mirror that changes downloads, and run the command again.',
    );
  }
}

/**
 * @param {string} zip
 * @param {string} target
 */
async function unpack(zip, target) {
  // Windows has no unzip, but its tar reads ZIP files.
  if (process.platform === 'win32') await runProgram('tar', ['-xf', zip, '-C', target]);
  else await runProgram('unzip', ['-q', zip, '-d', target]);
}
