import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cacheDir } from '../../scripts/bootstrap/paths.mjs';
import { runNpm } from '../../scripts/bootstrap/programs.mjs';
import packageTable from './packages.json' with { type: 'json' };

export type PackageName = keyof typeof packageTable;

/** The files of a package, by path. */
export type PackageFiles = ReadonlyMap<string, Buffer>;

const folder = (): string => join(cacheDir(), 'corpus', 'packages');

/**
 * Returns the files of a package of the list. Downloads it into the cache if it isn't there; nothing of it is installed, and none of its
 * scripts run on this computer outside the browser's sandbox. Throws if its bytes aren't those of the list.
 */
export async function readPackage(name: PackageName): Promise<PackageFiles> {
  const { version, integrity } = packageTable[name];
  const path = packagePath(name);
  if (!existsSync(path)) await download(`${name}@${version}`, path);
  const archive = readFileSync(path);
  const actual = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (actual !== integrity) {
    rmSync(path);
    throw new Error(`${name}@${version} has the hash ${actual}, not that of the list. It was removed from the cache.`);
  }
  return readArchive(gunzipSync(archive));
}

/** Returns the path of a package's archive in the cache. */
export function packagePath(name: PackageName): string {
  const { integrity } = packageTable[name];
  return join(folder(), `${createHash('sha256').update(integrity).digest('hex').slice(0, 24)}.tgz`);
}

async function download(spec: string, path: string): Promise<void> {
  mkdirSync(folder(), { recursive: true });
  const temporary = mkdtempSync(join(folder(), 'download-'));
  try {
    await runNpm(['pack', spec, '--ignore-scripts', '--silent', '--pack-destination', temporary], temporary);
    const archive = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
    if (archive === undefined) throw new Error(`npm did not download ${spec}.`);
    renameSync(join(temporary, archive), path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const blockSize = 512;

/** Reads a tar archive of npm: all files are in one folder, whose name isn't part of their path. */
function readArchive(tar: Buffer): PackageFiles {
  const files = new Map<string, Buffer>();
  let longName: string | undefined;
  for (let at = 0; at + blockSize <= tar.length && tar[at] !== 0;) {
    const field = (from: number, length: number): string =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = parseInt(field(124, 12), 8) || 0;
    const type = field(156, 1);
    const content = tar.subarray(at + blockSize, at + blockSize + size);
    if (type === 'x') longName = /\d+ path=([^\n]*)\n/.exec(content.toString())?.[1];
    else if (type === '0' || type === '') {
      const name = longName ?? [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/');
      files.set(name.slice(name.indexOf('/') + 1), content);
      longName = undefined;
    }
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}
