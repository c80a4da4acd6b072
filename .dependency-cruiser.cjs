/**
 * The dependency rules of docs/architecture.md. Imports point down only: main → electron → services → core → contract;
 * the worker and the command line → core and node. `test/unit/architecture` plants a violation of each rule, and checks
 * that folders do not depend on each other in circles.
 */

/** The files that match `from` may import only each other and the files that match `allowed`. */
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
      'Everything may import the contract, so it imports nothing.',
    ),
    only(
      'core-knows-the-contract-only',
      '^src-main/core/',
      ['^src-main/contract/'],
      'Pure: no electron, no node:, no DOM.',
    ),
    only('node-knows-core-only', '^src-main/node/', ['^src-main/(contract|core)/'], 'Disk, TLS, zlib; no use cases.'),
    only(
      'worker-knows-core-and-node-only',
      '^src-main/worker/',
      ['^src-main/(contract|core|node)/'],
      'Never electron, never a service.',
    ),
    only(
      'services-reach-node-through-ports',
      '^src-main/services/',
      ['^src-main/(contract|core)/'],
      'main.ts passes the ports in.',
    ),
    only(
      'electron-knows-core-and-services-only',
      '^src-main/electron/',
      ['^src-main/(contract|core|services)/'],
      'Only glue to Electron: no disk, no network, no worker code.',
    ),
    only(
      'cli-knows-core-and-node-only',
      '^src-main/cli',
      ['^src-main/(contract|core|node|cli)'],
      'The same core, without Electron and services.',
    ),
    only(
      'preload-knows-the-contract-only',
      '^src-main/(screenshot-)?preload\\.ts$',
      ['^src-main/contract/'],
      'Each is bundled into one file for a sandboxed renderer.',
    ),
    only(
      'shell-knows-the-contract-only',
      '^src-renderer/(shell|env)',
      ['^src-main/contract/', '^src-renderer/(shell|env)'],
      'Never the replay, never main.',
    ),
    only(
      'replay-knows-the-page-model-only',
      '^src-renderer/replay',
      ['^src-main/(contract|core/recording)/', '^src-renderer/replay'],
      'The page model is pure. Never the shell, never main.',
    ),
    only(
      'portable-knows-the-page-model-only',
      '^src-renderer/portable',
      ['^src-main/(contract|core/recording)/', '^src-renderer/portable'],
      'It is part of an exported file: never the shell, the replay or main.',
    ),
    {
      name: 'electron-in-one-folder',
      comment: 'Only electron/ and the preloads import Electron, so everything else runs and is tested without it.',
      severity: 'error',
      from: { path: '^(src-|test/(unit|integration))', pathNot: '^src-main/(electron/|(screenshot-)?preload\\.ts$)' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'core-is-pure',
      comment:
        'No Node.js modules in core or contract: the same code runs in a worker, on the command line and in tests.',
      severity: 'error',
      from: { path: '^src-main/(core|contract)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'keychain-in-one-file',
      comment: 'The native binding may hang or crash, so only the keychain process loads it.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/worker/keychain\\.ts$' },
      to: { path: '^node_modules/keytar/' },
    },
    only(
      'leak-check-knows-the-contract-only',
      '^src-main/core/leak-check/',
      ['^src-main/contract/'],
      'It shares no code with the redaction that it checks, so no mistake of one is repeated by the other.',
    ),
    {
      name: 'redaction-does-not-know-the-leak-check',
      comment: 'The redaction must not learn what the gate looks for: the gate is an independent second check.',
      severity: 'error',
      from: { path: '^src-main/core/redaction/' },
      to: { path: '^src-main/(core/leak-check|node/gate)/' },
    },
    {
      name: 'gate-never-reaches-the-redaction',
      comment:
        'Not even through another module: the gate reads finished bytes and trusts nothing that the redaction says.',
      severity: 'error',
      from: { path: '^src-main/node/gate/' },
      to: { path: '^src-main/core/redaction/', reachable: true },
    },
    {
      name: 'no-circles',
      comment: 'Modules in a circle can only be understood, tested and moved together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src-', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'shell-ui-knows-no-feature',
      comment: 'ui/ holds generic widgets. State and texts of a feature are passed to them as properties.',
      severity: 'error',
      from: { path: '^src-renderer/shell/ui/' },
      to: { path: '^src-renderer/shell/', pathNot: '^src-renderer/shell/ui/' },
    },
    {
      name: 'shell-app-knows-no-feature',
      comment: 'app/ holds the state that several features share, so it can import none of them.',
      severity: 'error',
      from: { path: '^src-renderer/shell/app/' },
      to: { path: '^src-renderer/shell/', pathNot: '^src-renderer/shell/(app|ui)/' },
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
