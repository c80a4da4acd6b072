import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import type * as exportsOf from './exports';
import type { Rule } from './rules';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = '/test/canary/exports.ts';
type Exports = typeof exportsOf;

/**
 * The export pipeline with single rules disabled. The program itself has no switch for them: their source is edited while it is loaded, in a
 * copy for the tests only.
 */
export class Mutants {
  private constructor(
    private readonly server: ViteDevServer,
    private readonly edits: Map<string, Rule['edits']>,
  ) {}

  static async open(): Promise<Mutants> {
    const edits = new Map<string, Rule['edits']>();
    const server = await createServer({
      configFile: false,
      root,
      logLevel: 'error',
      appType: 'custom',
      server: { middlewareMode: true, watch: null, ws: false },
      optimizeDeps: { noDiscovery: true },
      plugins: [
        {
          name: 'disabled-rules',
          enforce: 'pre',
          transform: (code, id) =>
            (edits.get(id) ?? []).reduce((changed, { from, to }) => changed.replace(from, () => to), code),
        },
      ],
    });
    return new Mutants(server, edits);
  }

  /** Throws if the source to edit doesn't occur exactly once. */
  async without(rule: Rule | undefined): Promise<Exports> {
    const touched = new Set(this.edits.keys());
    this.edits.clear();
    for (const edit of rule?.edits ?? []) {
      const path = pathOf(edit.file);
      const count = readFileSync(path, 'utf8').split(edit.from).length - 1;
      if (count !== 1)
        throw new Error(`“${rule?.name}” occurs ${count} times in ${edit.file} instead of once: ${edit.from}`);
      this.edits.set(path, [...(this.edits.get(path) ?? []), edit]);
      touched.add(path);
    }
    const { moduleGraph } = this.server;
    for (const path of touched)
      for (const module of moduleGraph.getModulesByFile(path) ?? []) moduleGraph.invalidateModule(module);
    return (await this.server.ssrLoadModule(entry)) as Exports;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function pathOf(file: string): string {
  return join(root, 'src-main/core/redaction', file);
}
