import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { builds } from '../vite.builds.mjs';

// Builds dist/: Node's side first, then one bundle a page.
await rm(new URL('../dist', import.meta.url), { recursive: true, force: true });
for (const config of builds) await build({ ...config, logLevel: 'warn' });
