import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { builds } from '../vite.builds.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { collectThirdParty, formatNotices } from './third-party.mjs';

// Builds dist/: the code that runs in Node, then one bundle per page, then the notices of the bundled packages. With --notices it also
// writes the notices file of the repository.
const dist = join(cloneDir, 'dist');
await rm(dist, { recursive: true, force: true });
const { plugin, packages } = collectThirdParty();
for (const config of builds) {
  await build({ ...config, plugins: [...(config.plugins ?? []), plugin], logLevel: 'warn' });
}
const notices = formatNotices(packages());
await writeFile(join(dist, 'THIRD-PARTY-NOTICES.md'), notices);
if (process.argv.includes('--notices')) await writeFile(join(cloneDir, 'THIRD-PARTY-NOTICES.md'), notices);
