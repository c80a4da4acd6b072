import { describe, expect, it } from 'vitest';
import type { CasePreview } from '../../../src-main/contract/case-preview';
import { CasementError } from '../../../src-main/contract/errors';
import type { JobId, CasePreviewId } from '../../../src-main/contract/ids';
import type { OpenedFiles } from '../../../src-main/contract/opened-files';
import { defaultCaps, defaultThresholds } from '../../../src-main/contract/settings';
import { Jobs } from '../../../src-main/services/jobs';
import { Opening } from '../../../src-main/services/opening';
import type { CallOptions, WorkerPort } from '../../../src-main/services/ports';
import { memoryStore } from '../../helpers/in-process';
import { settled } from '../../helpers/fake-port';

const jobId = 'job-1' as JobId;
const preview: CasePreview = {
  id: 'preview-1' as CasePreviewId,
  title: 'Payment fails',
  manifestHash: 'sha256:0',
  recordings: [
    {
      id: 'preview-1-0' as CasePreviewId,
      place: 0,
      title: 'Payment fails',
      facts: { startedAt: 0, durationMs: 1, windows: ['1'] },
    },
  ],
};
const opened = { kind: 'session', isPresent: false } as OpenedFiles;

/** Logs all steps in order. The import waits until it is ended or its job is cancelled. */
function setUp(found: CasePreview | null = preview) {
  const log: string[] = [];
  let endImport: (error?: Error) => void = () => undefined;
  let endWait: () => void = () => undefined;
  const answers: Record<string, (options?: CallOptions) => Promise<unknown>> = {
    'case-preview.open': () => Promise.resolve(found),
    'case-preview.close': () => Promise.resolve(),
    'import.paths': (options) =>
      new Promise((resolve, reject) => {
        endImport = (error) => (error ? reject(error) : resolve(opened));
        options?.signal?.addEventListener('abort', () => reject(new CasementError('cancelled')));
      }),
  };
  const call = (name: string, _params: unknown, options?: CallOptions): Promise<unknown> => {
    log.push(name);
    return answers[name]?.(options) ?? Promise.reject(new CasementError('bug'));
  };
  const jobs = new Jobs(() => undefined);
  const opening = new Opening({
    worker: { call } as WorkerPort,
    jobs,
    settings: memoryStore({
      theme: 'system',
      isOffline: false,
      proxyScript: '',
      timeline: defaultThresholds,
      caps: defaultCaps,
    }),
    onPreview: (_jobId, { id }) => log.push(`shown ${id}`),
    closeReplay: (id) => log.push(`closed ${id}`),
    wait: (_ms, signal) =>
      new Promise<void>((resolve, reject) => {
        endWait = resolve;
        signal.addEventListener('abort', () => reject(new CasementError('cancelled')));
      }),
  });
  const open = (paths = ['a.casement']) => opening.open(jobId, () => paths);
  return { log, open, opening, jobs, endImport: (error?: Error) => endImport(error), endWait: () => endWait() };
}

describe('opening files', () => {
  it('checks a case file when the first frame of its preview is shown, not earlier', async () => {
    const { log, open, opening, endImport } = setUp();
    const result = open();
    await settled();
    expect(log).toEqual(['case-preview.open', 'shown preview-1']);
    opening.startCheck('preview-1');
    await settled();
    expect(log).toEqual(['case-preview.open', 'shown preview-1', 'import.paths']);
    endImport();
    expect(await result).toBe(opened);
    // The preview stays open until the shell switches to the stored session.
    expect(log).not.toContain('case-preview.close');
    await opening.closePreview('preview-1');
    expect(log.slice(3)).toEqual(['closed preview-1-0', 'case-preview.close']);
  });

  it('also checks a case file whose first frame never appears or whose preview was closed', async () => {
    for (const cause of ['endWait', 'closePreview'] as const) {
      const app = setUp();
      const result = app.open();
      await settled();
      if (cause === 'endWait') app.endWait();
      else await app.opening.closePreview('preview-1');
      await settled();
      expect(app.log, cause).toContain('import.paths');
      app.endImport();
      expect(await result).toBe(opened);
    }
  });

  it('closes the preview before it reports why the file was refused', async () => {
    const { log, open, opening, endImport } = setUp();
    const result = open().catch((error: unknown) => {
      log.push('refused');
      throw error;
    });
    await settled();
    opening.startCheck('preview-1');
    await settled();
    endImport(new CasementError('case-changed', { path: 'recordings/r1/000001.json' }));
    await expect(result).rejects.toMatchObject({ code: 'case-changed' });
    expect(log.slice(3)).toEqual(['closed preview-1-0', 'case-preview.close', 'refused']);
  });

  it('closes the preview when the job is cancelled, before and during the check', async () => {
    for (const isChecking of [false, true]) {
      const { log, open, opening, jobs } = setUp();
      const result = open();
      await settled();
      if (isChecking) opening.startCheck('preview-1');
      await settled();
      jobs.cancel(jobId);
      await expect(result).rejects.toMatchObject({ code: 'cancelled' });
      expect(log.includes('import.paths')).toBe(isChecking);
      expect(log.slice(-2)).toEqual(['closed preview-1-0', 'case-preview.close']);
    }
  });

  it('imports files without a preview at once, and nothing if no file was chosen', async () => {
    const other = setUp(null);
    const result = other.open();
    await settled();
    expect(other.log).toEqual(['case-preview.open', 'import.paths']);
    other.endImport();
    await result;
    const several = setUp();
    const all = several.open(['a.casement', 'b.casement']);
    await settled();
    expect(several.log).toEqual(['import.paths']);
    several.endImport();
    await all;
    const none = setUp();
    expect(await none.open([])).toBeNull();
    expect(none.log).toEqual([]);
  });
});
