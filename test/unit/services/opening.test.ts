import { describe, expect, it } from 'vitest';
import type { CaseLook } from '../../../src-main/contract/case-preview';
import { CasementError } from '../../../src-main/contract/errors';
import type { JobId, LookId } from '../../../src-main/contract/ids';
import type { OpenedFiles } from '../../../src-main/contract/opened-files';
import { defaultCaps, defaultThresholds } from '../../../src-main/contract/settings';
import { Jobs } from '../../../src-main/services/jobs';
import { Opening } from '../../../src-main/services/opening';
import type { CallOptions, WorkerPort } from '../../../src-main/services/ports';
import { memoryStore } from '../../helpers/in-process';
import { settled } from '../../helpers/fake-port';

const jobId = 'job-1' as JobId;
const lookId = 'look-1' as LookId;
const look: CaseLook = {
  id: lookId,
  title: 'Payment fails',
  manifestHash: 'sha256:0',
  recordings: [
    {
      id: 'look-1-0' as LookId,
      place: 0,
      title: 'Payment fails',
      facts: { startedAt: 0, durationMs: 1, windows: ['1'] },
    },
  ],
};
const opened = { kind: 'session', isPresent: false } as OpenedFiles;

/** What happened, in its order; the import waits for its end, or for its job to be stopped. */
function setUp(found: CaseLook | null = look) {
  const told: string[] = [];
  let endImport: (error?: Error) => void = () => undefined;
  let endWait: () => void = () => undefined;
  const answers: Record<string, (options?: CallOptions) => Promise<unknown>> = {
    'look.open': () => Promise.resolve(found),
    'look.close': () => Promise.resolve(null),
    'import.paths': (options) =>
      new Promise((resolve, reject) => {
        endImport = (error) => (error ? reject(error) : resolve(opened));
        options?.signal?.addEventListener('abort', () => reject(new CasementError('cancelled')));
      }),
  };
  const call = (name: string, _params: unknown, options?: CallOptions): Promise<unknown> => {
    told.push(name);
    return answers[name]?.(options) ?? Promise.reject(new CasementError('bug'));
  };
  const jobs = new Jobs(() => undefined);
  const opening = new Opening({
    worker: { call } as WorkerPort,
    jobs,
    settings: memoryStore({ theme: 'system', isOffline: false, timeline: defaultThresholds, caps: defaultCaps }),
    onLook: (_jobId, { id }) => told.push(`shown ${id}`),
    closeReplay: (id) => told.push(`closed ${id}`),
    wait: (_ms, signal) =>
      new Promise<void>((resolve, reject) => {
        endWait = resolve;
        signal.addEventListener('abort', () => reject(new CasementError('cancelled')));
      }),
  });
  const open = (paths = ['a.casement']) => opening.open(jobId, () => paths);
  return { told, open, opening, jobs, endImport: (error?: Error) => endImport(error), endWait: () => endWait() };
}

describe('the opening of files', () => {
  it('checks a case file once its first picture is there, and no sooner', async () => {
    const { told, open, opening, endImport } = setUp();
    const result = open();
    await settled();
    expect(told).toEqual(['look.open', 'shown look-1']);
    opening.begin('look-1');
    await settled();
    expect(told).toEqual(['look.open', 'shown look-1', 'import.paths']);
    endImport();
    expect(await result).toBe(opened);
    // It is looked at until the window goes over to what was stored.
    expect(told).not.toContain('look.close');
    await opening.closeLook('look-1');
    expect(told.slice(3)).toEqual(['closed look-1-0', 'look.close']);
  });

  it('checks one whose first picture doesn’t come, or that was left, all the same', async () => {
    for (const cause of ['endWait', 'closeLook'] as const) {
      const app = setUp();
      const result = app.open();
      await settled();
      if (cause === 'endWait') app.endWait();
      else await app.opening.closeLook('look-1');
      await settled();
      expect(app.told, cause).toContain('import.paths');
      app.endImport();
      expect(await result).toBe(opened);
    }
  });

  it('takes the look away before it says why the file was refused', async () => {
    const { told, open, opening, endImport } = setUp();
    const result = open().catch((error: unknown) => {
      told.push('refused');
      throw error;
    });
    await settled();
    opening.begin('look-1');
    await settled();
    endImport(new CasementError('case-changed', { path: 'recordings/r1/000001.json' }));
    await expect(result).rejects.toMatchObject({ code: 'case-changed' });
    expect(told.slice(3)).toEqual(['closed look-1-0', 'look.close', 'refused']);
  });

  it('takes it away when the job is stopped, before the check as well as in it', async () => {
    for (const isBegun of [false, true]) {
      const { told, open, opening, jobs } = setUp();
      const result = open();
      await settled();
      if (isBegun) opening.begin('look-1');
      await settled();
      jobs.cancel(jobId);
      await expect(result).rejects.toMatchObject({ code: 'cancelled' });
      expect(told.includes('import.paths')).toBe(isBegun);
      expect(told.slice(-2)).toEqual(['closed look-1-0', 'look.close']);
    }
  });

  it('imports at once what can’t be looked at, several files, and nothing where there are none', async () => {
    const other = setUp(null);
    const result = other.open();
    await settled();
    expect(other.told).toEqual(['look.open', 'import.paths']);
    other.endImport();
    await result;
    const several = setUp();
    const all = several.open(['a.casement', 'b.casement']);
    await settled();
    expect(several.told).toEqual(['import.paths']);
    several.endImport();
    await all;
    const none = setUp();
    expect(await none.open([])).toBeNull();
    expect(none.told).toEqual([]);
  });
});
