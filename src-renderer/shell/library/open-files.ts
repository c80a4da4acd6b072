import type { CaseSummary } from '../../../src-main/contract/case';
import { errorTable, toErrorReply } from '../../../src-main/contract/errors';
import type { ImportSummary, OpenedFiles } from '../../../src-main/contract/opened-files';
import type { StoredSession } from '../../../src-main/contract/session';
import { openedFilesWords } from '../../../src-main/contract/words/opened-files';
import { lookWords } from '../../../src-main/contract/words/case-preview';
import { jobWords } from '../../../src-main/contract/words/app';
import { call, mainEvents } from '../app/bridge';
import { dialogs } from '../app/dialogs.svelte';
import { jobs } from '../app/jobs.svelte';
import { library } from '../app/library.svelte';
import { navigation } from '../app/navigation.svelte';
import { toasts } from '../app/toasts.svelte';
import { casePreviews, type CasePreview } from '../case-preview/case-previews.svelte';
import { cases } from '../cases/cases.svelte';
import { summaryCounts } from './import-summary';

/** Asks for files and opens them. Does nothing if the user closes the system's dialog. */
export async function openFile(): Promise<void> {
  await openBy('session.open-file');
}

/** Asks for folders and imports what they hold. */
export async function openFolder(): Promise<void> {
  await openBy('session.open-folder');
}

/** Opens the files and folders that the user just dropped on the window. */
export async function openDropped(): Promise<void> {
  await openBy('session.open-dropped');
}

/** Opens the encrypted case file that was refused last. Errors: passphrase-wrong, and those of opening a file. */
export async function openSealed(passphrase: string): Promise<void> {
  const job = { title: jobWords.opening, shownBy: 'dialog' } as const;
  await openImported(await jobs.run(job, (jobId) => call('session.open-sealed', { passphrase, jobId })));
}

/** Opens the files that the system passes to the app. Returns a function that ends the subscription. */
export function listenForOfferedFiles(): () => void {
  return mainEvents()['session.offered'](() => void openBy('session.open-offered'));
}

async function openBy(
  request: 'session.open-file' | 'session.open-folder' | 'session.open-dropped' | 'session.open-offered',
): Promise<void> {
  const job = { title: openedFilesWords.importing, shownBy: 'tray' } as const;
  let jobId: string | undefined;
  try {
    const opened = await jobs.run(job, (id) => {
      jobId = id;
      return call(request, { jobId: id });
    });
    if (opened) await showOpened(opened, jobId);
  } catch (error) {
    showFailure(error, casePreviews.ofJob(jobId));
    // Sessions that were imported before the failure are in the library.
    await library.load().catch(() => undefined);
  }
}

async function showOpened(opened: OpenedFiles, jobId: string | undefined): Promise<void> {
  const preview = casePreviews.ofJob(jobId);
  if (opened.kind === 'summary') {
    // A case file among them became a case.
    await Promise.all([library.load(), cases.load()]);
    if (preview) navigation.leaveSession();
    return showSummary(opened.summary);
  }
  const { session, isPresent } = opened;
  if (preview) await replacePreview(preview, session);
  else if (dialogs.open || casePreviews.wasLeft(jobId)) {
    library.keep(session);
    return library.announceReady(session);
  } else await openImported(session);
  if (isPresent) toasts.show(openedFilesWords.isPresent(session.title));
}

/** Opens an imported session, or the case that it was imported with. */
async function openImported(session: StoredSession): Promise<void> {
  library.keep(session);
  const found = session.from === 'case' ? await loadCaseOf(session) : undefined;
  if (found) navigation.go({ name: 'case', id: found.id });
  else library.open(session);
}

/** Replaces the preview of a case file by the stored session, at the same moment of the replay. */
async function replacePreview(preview: CasePreview, session: StoredSession): Promise<void> {
  library.keep(session);
  const found = await loadCaseOf(session);
  const { manifestHash, shown, route } = preview;
  const stored = library.list.find(
    ({ verification, file }) => verification?.manifestHash === manifestHash && file?.place === shown.place,
  );
  if (!navigation.isAt(route)) return library.announceReady(session);
  // The file was replaced by another one before it was imported.
  if (!stored) return library.open(session);
  if (!found) return navigation.go({ name: 'session', id: stored.id, moment: preview.moment });
  // "Back" from the session leads to its case.
  navigation.go({ name: 'case', id: found.id });
  navigation.go({ name: 'session', id: stored.id, moment: preview.moment });
  toasts.show(lookWords.isCase(found.title), {
    label: lookWords.openCase,
    run: () => navigation.go({ name: 'case', id: found.id }),
  });
}

/** Returns the case that a case file became, if it held a complete one. */
async function loadCaseOf({ id }: StoredSession): Promise<CaseSummary | undefined> {
  await Promise.all([library.load(), cases.load()]).catch((error: unknown) => toasts.showError(error));
  return cases.list.find(({ origin, sessionIds }) => origin && sessionIds.includes(id));
}

/** Shows the summary, or offers it in a toast while another dialog is open. */
function showSummary(summary: ImportSummary): void {
  if (library.list.length > 0 && navigation.isAt({ name: 'home' })) navigation.go({ name: 'library' });
  const show = (): void => dialogs.show({ name: 'import-summary', summary });
  if (!dialogs.open) return show();
  toasts.show(openedFilesWords.toast(summaryCounts(summary)), { label: openedFilesWords.show, run: show });
}

/** Asks for a missing passphrase. A failed preview shows the error itself; any other failure shows a toast. */
function showFailure(error: unknown, preview: CasePreview | undefined): void {
  const reply = toErrorReply(error);
  if (reply.code === 'passphrase-needed') return dialogs.show({ name: 'passphrase' });
  if (preview && errorTable[reply.code].kind !== 'cancelled') return preview.refuse(reply);
  if (preview) navigation.leaveSession();
  toasts.showError(error);
}
