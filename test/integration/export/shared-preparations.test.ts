import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { StoredSession } from '../../../src-main/contract/session';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { exportStored, prepareStored } from '../../../src-main/worker/jobs/export/exports';
import { SharedPreparations } from '../../../src-main/worker/jobs/export/shared-preparations';
import { withScratch } from '../../../src-main/worker/jobs/import/import-recording';
import { makeTempFolder } from '../../helpers/temp-folder';
import { importInto, pageOf, pulledFor } from '../../helpers/viewed-vault';

describe('one preparation', () => {
  let folder: string;
  let vault: FileVault;
  let session: StoredSession;
  let shared: SharedPreparations;
  const job = { signal: new AbortController().signal, onProgress: () => undefined };

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(join(folder, 'vault'), randomBytes(32), false);
    session = await importInto(vault, pageOf(['Save'], []), pulledFor('ada@acme-example.com'));
    shared = new SharedPreparations();
  });

  const preview = (hasNotes: boolean, policy = findPolicy('private-by-default')) =>
    withScratch(vault, (scratch) =>
      prepareStored(
        vault,
        session,
        { policy, hasNotes, thresholds: defaultThresholds, hasRecording: false, shared },
        scratch,
        job,
      ),
    );
  const save = (format: 'csv' | 'case', shares = shared) =>
    exportStored(
      vault,
      session,
      {
        policy: findPolicy('private-by-default'),
        hasNotes: true,
        thresholds: defaultThresholds,
        shared: shares,
        format,
        path: join(folder, `x.${format}`),
        readTemplate: async () => ({ beforeTitle: '<title>', beforeData: '</title><script>', afterData: '</script>' }),
        print: () => Promise.reject(new Error('not printed')),
      },
      { software: 'Casement 0.0.0', generatedAt: '2026-01-01T00:00:00Z' },
      job,
    );

  it('serves the preview, the notes switch and the saved timeline', async () => {
    const reads = vi.spyOn(vault, 'readSegment');
    await vault.writeNotes(session.id, [{ id: 'n-1', atMs: 0, text: 'Look here', createdAt: 0 }] as never);
    const without = await preview(false);
    const twice = reads.mock.calls.length;
    expect(twice).toBeGreaterThan(0);
    const withThem = await preview(true);
    expect(withThem.entries.length).toBe(without.entries.length + 1);
    expect(without.notes).toEqual([]);
    await save('csv');
    expect(reads.mock.calls.length).toBe(twice);
    expect(await readFile(join(folder, 'x.csv'), 'utf8')).toContain('Look here');
    // Control: without it, the events are read again.
    await save('csv', new SharedPreparations());
    expect(reads.mock.calls.length).toBe(2 * twice);
  });

  it('spares a case file the first pass, and another policy nothing', async () => {
    const reads = vi.spyOn(vault, 'readSegment');
    await preview(false);
    const twice = reads.mock.calls.length;
    await save('case');
    expect(reads.mock.calls.length).toBe(1.5 * twice);
    await preview(false, findPolicy('everything-hidden'));
    expect(reads.mock.calls.length).toBe(2.5 * twice);
  });

  it('follows a session that grows, and keeps nothing after it was cleared', async () => {
    const reads = vi.spyOn(vault, 'readSegment');
    await preview(false);
    const twice = reads.mock.calls.length;
    session = { ...session, generation: session.generation + 1 };
    await preview(false);
    expect(reads.mock.calls.length).toBe(2 * twice);
    shared.clear();
    await preview(false);
    expect(reads.mock.calls.length).toBe(3 * twice);
  });

  it('writes no recording for a timeline', async () => {
    const scratch = { write: vi.fn(() => Promise.resolve(0)), read: () => Promise.reject(new Error('nothing')) };
    const choice = { policy: findPolicy('private-by-default'), hasNotes: false, thresholds: defaultThresholds };
    const timeline = await prepareStored(vault, session, { ...choice, hasRecording: false }, scratch, job);
    expect(scratch.write).not.toHaveBeenCalled();
    const complete = await prepareStored(vault, session, choice, scratch, job);
    expect(scratch.write).toHaveBeenCalled();
    expect(timeline.entries).toEqual(complete.entries);
  });

  it('keeps only a few results, and none that failed', async () => {
    const make = vi.fn(() => Promise.resolve(1));
    for (const key of [1, 2, 3, 4, 5]) await shared.take([key], make);
    await shared.take([5], make);
    expect(make).toHaveBeenCalledTimes(5);
    await shared.take([1], make);
    expect(make).toHaveBeenCalledTimes(6);
    await expect(shared.take(['x'], () => Promise.reject(new Error('stopped')))).rejects.toThrow();
    await shared.take(['x'], make);
    expect(make).toHaveBeenCalledTimes(7);
    expect(await readdir(folder)).toEqual(['vault']);
  });
});
