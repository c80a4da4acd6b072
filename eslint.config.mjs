import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { casementRules } from './eslint-rules/index.mjs';
import svelteConfig from './svelte.config.mjs';

/** The globals of a browser and of Node that pure code may use: they read no clock, no disk, no network and no chance. */
const pureGlobals = new Set([
  'atob',
  'btoa',
  'AbortController',
  'AbortSignal',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
]);
const impureGlobals = Object.keys({ ...globals.browser, ...globals.node, ...globals.commonjs }).filter(
  (name) => !Object.hasOwn(globals.builtin, name) && !pureGlobals.has(name),
);

export default tseslint.config(
  { ignores: ['.dependency-cruiser.cjs', 'dist/', 'node_modules/', 'demo-out/', 'release/', 'test-results/'] },
  ...tseslint.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An event's type is a plain number until it was checked; comparing it with rrweb's enum is how it is checked.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // A port's shape may be async where this implementation of it needs not be.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  { files: ['src-renderer/**'], languageOptions: { globals: globals.browser } },
  {
    // Pure code gives the same result in every process, in tests and at every time: what it needs is passed to it.
    files: ['src-main/core/**', 'src-main/contract/**'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pass the time as a parameter.' },
        { object: 'Math', property: 'random', message: 'Pass the random value as a parameter.' },
        { object: 'globalThis', message: 'Pass what is needed as a parameter.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pass the time as a parameter.' },
        { selector: "CallExpression[callee.name='Date']", message: 'Pass the time as a parameter.' },
      ],
    },
  },
  {
    // Set-up scripts and the command line's end speak to a terminal.
    files: ['scripts/**', 'test/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Plain JavaScript: types come from JSDoc, and what a spawned program prints is unknown.
    files: ['**/*.mjs', '**/*.cjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    plugins: { casement: casementRules },
    rules: { 'casement/plain-english': 'error' },
  },
  {
    files: ['src-main/contract/words/**', 'src-main/contract/errors.ts'],
    rules: { 'casement/plain-english': ['error', { strings: true }] },
  },
  {
    files: ['src-main/**', 'src-renderer/**'],
    rules: { 'casement/no-literal-reason': 'error', 'casement/no-raw-error-code': 'error' },
  },
  {
    // The table of words to avoid, and the tests that plant them.
    files: ['eslint-rules/dialect.mjs', 'test/unit/eslint-rules/**'],
    rules: { 'casement/plain-english': 'off' },
  },
);
