/**
 * The arrows of docs/architecture.md. They point down only: main → electron → services → core → contract,
 * worker and the command line → core and node. A room is a folder; its name says what may live there.
 */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src-', pathNot: allowed.concat(from) },
});

module.exports = {
  forbidden: [
    only(
      'contract-imports-nothing',
      '^src-main/contract/',
      [],
      'Everything may know the contract, so it knows nothing.',
    ),
    only(
      'core-knows-the-contract-only',
      '^src-main/core/',
      ['^src-main/contract/'],
      'Pure: no electron, no node:, no DOM.',
    ),
    only('node-stands-on-core', '^src-main/node/', ['^src-main/(contract|core)/'], 'Disk, TLS, zlib; no use cases.'),
    only(
      'worker-stands-on-core-and-node',
      '^src-main/worker/',
      ['^src-main/(contract|core|node)/'],
      'Never electron, never a service.',
    ),
    only(
      'services-reach-node-through-ports',
      '^src-main/services/',
      ['^src-main/(contract|core)/'],
      'main.ts hands the ports in.',
    ),
    only(
      'electron-stands-on-services',
      '^src-main/electron/',
      ['^src-main/(contract|core|services)/'],
      'Glue to Electron only.',
    ),
    only(
      'cli-has-no-window',
      '^src-main/cli',
      ['^src-main/(contract|core|node|cli)'],
      'The same core, without Electron and services.',
    ),
    only(
      'preload-knows-the-contract-only',
      '^src-main/(picture-)?preload\\.ts$',
      ['^src-main/contract/'],
      'Each is bundled into a sandboxed file.',
    ),
    only(
      'shell-knows-the-contract-only',
      '^src-renderer/(shell|env)',
      ['^src-main/contract/', '^src-renderer/(shell|env)'],
      'Never the replay, never main.',
    ),
    only(
      'replay-stands-on-the-model-of-the-page',
      '^src-renderer/replay',
      ['^src-main/(contract|core/recording)/', '^src-renderer/replay'],
      'The model is pure. Never the shell, never main.',
    ),
    only(
      'portable-knows-the-contract-only',
      '^src-renderer/portable',
      ['^src-main/contract/', '^src-renderer/portable'],
      'It leaves Casement inside of an export: never the shell, the replay or main.',
    ),
    {
      name: 'electron-in-one-folder',
      comment: 'Only electron/ and the preloads import Electron, so all else runs and is tested without it.',
      severity: 'error',
      from: { path: '^(src-|test/(unit|integration))', pathNot: '^src-main/(electron/|(picture-)?preload\\.ts$)' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'core-is-pure',
      comment: 'No node: in core or contract: the same code runs in a worker, on the command line and in tests.',
      severity: 'error',
      from: { path: '^src-main/(core|contract)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'keychain-in-one-file',
      comment: 'The native binding may hang or crash; it lives alone in a process.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/worker/keychain\\.ts$' },
      to: { path: '^node_modules/keytar/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src-', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(src-|scripts|test|node_modules|electron)|^(node:)?[a-z_/]+$',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
    },
  },
};
