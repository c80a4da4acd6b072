import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { formatNotices } from '../../../scripts/third-party.mjs';

const root = resolve(import.meta.dirname, '../../..');

test('the notices file names exactly the packages in the build, with their versions and licence texts', () => {
  const built = resolve(root, 'dist/THIRD-PARTY-NOTICES.md');
  if (!existsSync(built)) throw new Error('Build first: npm run build');
  // Update it with: node scripts/build.mjs --notices
  expect(readFileSync(resolve(root, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toBe(readFileSync(built, 'utf8'));
});

test('lists each licence text once, with all packages that it covers', () => {
  const page = formatNotices([
    { name: 'a', version: '1.0.0', licence: 'MIT', text: 'Text one' },
    { name: 'b', version: '2.0.0', licence: 'MIT', text: 'Text one' },
    { name: 'c', version: '3.0.0', licence: 'ISC', text: 'Text two' },
  ]);
  expect(page).toContain('| b | 2.0.0 | MIT |');
  expect(page.match(/Text one/g)).toHaveLength(1);
  expect(page).toContain('## a, b\n');
  expect(page).toContain('## c\n');
});
