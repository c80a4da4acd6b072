import { ESLint } from 'eslint';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const top = resolve(import.meta.dirname, '../../..');
const eslint = new ESLint({
  cwd: top,
  // The planted code does not belong to a TypeScript project.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
});

async function problemsOf(code: string, folder: string): Promise<number> {
  const [result] = await eslint.lintText(`export const planted = ${code};\n`, {
    filePath: resolve(top, folder, 'planted.ts'),
  });
  return result?.messages.length ?? 0;
}

const impure = [
  'Date.now()',
  'new Date()',
  'Date()',
  'performance.now()',
  'Math.random()',
  'crypto.randomUUID()',
  'process.env',
  'Buffer.from("x")',
  'setTimeout(() => undefined, 1)',
  'setInterval(() => undefined, 1)',
  'setImmediate(() => undefined)',
  'queueMicrotask(() => undefined)',
  'console.log("x")',
  'fetch("https://example.com")',
  'document.title',
  'window.name',
  'localStorage.length',
  'new DOMParser()',
  'new WebSocket("wss://example.com")',
  'globalThis.process',
  'require("node:fs")',
  '__dirname',
];

it.each(impure)('core and contract may not use %s', async (code) => {
  for (const folder of ['src-main/core/timeline', 'src-main/contract']) {
    expect(await problemsOf(code, folder), folder).toBeGreaterThan(0);
  }
  expect(await problemsOf(code, 'src-main/services')).toBe(0);
});

it.each([
  'new Date(0)',
  'Date.parse("2020-01-01")',
  'new TextEncoder()',
  'new URL("https://example.com")',
  'Math.max(1, 2)',
])('core and contract may use %s', async (code) => {
  expect(await problemsOf(code, 'src-main/core')).toBe(0);
});
