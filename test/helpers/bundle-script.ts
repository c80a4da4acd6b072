import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Bundles a TypeScript file of this folder for a separate process. Returns the path of the bundle. */
export async function bundleScript(name: string, outDir: string): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        input: { [name]: join(root, 'test/helpers', `${name}.ts`) },
        output: { format: 'esm', entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}
