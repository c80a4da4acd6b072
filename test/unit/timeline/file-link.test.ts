import { expect, it } from 'vitest';
import { leadsToFile } from '../../../src-main/core/timeline/signals/file-link';

it.each([
  'report.pdf',
  '/files/Report%202026.PDF',
  'https://shop.example/a.tar.gz?token=1#page=2',
  '//cdn.example/setup.exe',
  '../data.csv',
  '/orders/7/download',
  '/export?month=5&format=xlsx',
  '/get?file=reports/2026.zip',
])('an address leads to a file: %s', (href) => {
  expect(leadsToFile(href)).toBe(true);
});

it.each([
  '',
  '#top',
  '/orders',
  '/download',
  'https://example.zip',
  'https://shop.example',
  '/index.html',
  '/account.php?id=7',
  '/v2.1/orders',
  '/search?q=pdf',
  '/search?format=list',
  '/users/jane.doe',
  '.pdf',
])('an address leads to a page: %s', (href) => {
  expect(leadsToFile(href)).toBe(false);
});
