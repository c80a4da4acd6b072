import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findDialect, readMarkdownText } from '../../../eslint-rules/dialect.mjs';

const root = resolve(import.meta.dirname, '../../..');

/** The pages of this repository that people read; CONTEXT.md lists words to avoid, so it is left out. */
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...listPages('docs')];

function listPages(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path));
}

/** Returns the findings of a page as `line: word`. */
function check(page: string): string[] {
  const text = readMarkdownText(page);
  return text.split('\n').flatMap((line, index) => findDialect(line).map(({ found }) => `${index + 1}: ${found}`));
}

test.each(pages)('%s is free of the words that read like a translation', (page) => {
  expect(check(readFileSync(join(root, page), 'utf8'))).toEqual([]);
});

test('finds a word in a sentence, a heading and a table', () => {
  expect(check('# Begin anew\n\nIt is told.\n\n| a | mended |\n')).toEqual(['1: anew', '3: told', '5: mended']);
});

test('leaves code, inline code and addresses alone', () => {
  expect(check('`told` and [a page](./told.md)\n\n```\nanew\n```\n\n    anew\n')).toEqual([]);
});
