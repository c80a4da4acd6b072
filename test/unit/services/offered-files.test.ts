import { expect, it } from 'vitest';
import { OfferedFiles } from '../../../src-main/services/offered-files';

it('keeps the files that are offered before the shell has loaded, and reports them once it listens', () => {
  const files = new OfferedFiles();
  files.add(['/a.json']);
  let offers = 0;
  files.onOffer(() => offers++);
  expect(offers).toBe(1);
  files.add([]);
  expect(offers).toBe(1);
  files.add(['/b.json']);
  expect(offers).toBe(2);
  expect(files.take()).toEqual(['/a.json', '/b.json']);
  expect(files.take()).toEqual([]);
});
