import type { EventPayload } from '../../../src-main/contract/ipc';
import { openedFilesWords } from '../../../src-main/contract/words/opened-files';
import { jobWords } from '../../../src-main/contract/words/app';
import { countWords } from '../../../src-main/contract/words/common';
import { formatBytes } from '../ui/format-bytes';

export type JobProgress = Omit<EventPayload<'job.progress'>, 'jobId'>;

/** The phases that count bytes. The others count events. */
const bytePhases: ReadonlySet<JobProgress['phase']> = new Set(['fetching', 'reading']);

/** The phases whose total is a time. */
const countdowns: ReadonlySet<JobProgress['phase']> = new Set(['waiting', 'following']);

/** `Fetching · 1.2 MB of 3.4 MB`, `Fetching · 1.2 MB · 4,210 events`, `Reading · 3 of 12 files · 1.2 MB of 3.4 MB`. */
export function progressWords(progress: JobProgress | undefined): string {
  if (!progress) return jobWords.waiting;
  if (progress.phase === 'waiting') return jobWords.waitingFor(Math.ceil(progress.total / 1000));
  if (progress.phase === 'following') return jobWords.checkingEvery(Math.ceil(progress.total / 1000));
  const amount = bytePhases.has(progress.phase) ? formatBytes : countWords.plain;
  const { files } = progress;
  const inFiles = files ? ` · ${openedFilesWords.ofFiles(files.done, files.total)}` : '';
  const phase = `${jobWords.phases[progress.phase]}${inFiles}`;
  if (progress.total > 0) return `${phase} · ${amount(progress.done)} of ${amount(progress.total)}`;
  const events = progress.events ? [countWords.events(progress.events)] : [];
  return [phase, ...(progress.done > 0 ? [amount(progress.done)] : []), ...events].join(' · ');
}

/** Returns 0 to 1, or undefined while the total is unknown. */
export function progressShare(progress: JobProgress | undefined): number | undefined {
  if (!progress || progress.total <= 0 || countdowns.has(progress.phase)) return undefined;
  return Math.min(1, Math.max(0, progress.done / progress.total));
}
