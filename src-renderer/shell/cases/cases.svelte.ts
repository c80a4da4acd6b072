import type { Case, CaseSummary } from '../../../src-main/contract/case';
import type { CaseId, SessionId } from '../../../src-main/contract/ids';
import { caseWords } from '../../../src-main/contract/words/cases';
import { commonWords } from '../../../src-main/contract/words/common';
import { call } from '../app/bridge';
import { navigation } from '../app/navigation.svelte';
import { toasts } from '../app/toasts.svelte';

/** The cases in the vault, last changed first. */
class CaseList {
  list = $state.raw<readonly CaseSummary[]>([]);

  async load(): Promise<void> {
    this.list = await call('case.list', {});
  }

  find(id: CaseId): CaseSummary | undefined {
    return this.list.find((each) => each.id === id);
  }

  /** Errors: those of the vault. */
  async create(title: string, sessionIds: readonly SessionId[]): Promise<Case> {
    const created = await call('case.create', { title, sessionIds: [...sessionIds] });
    this.keep(created);
    return created;
  }

  /** Adds a session to the end of a case. Errors: those of the vault. */
  async addSession(id: CaseId, sessionId: SessionId): Promise<Case> {
    const { sessionIds } = await call('case.get', { id });
    const changed = await call('case.set-sessions', { id, sessionIds: [...sessionIds, sessionId] });
    this.keep(changed);
    return changed;
  }

  async remove(removed: Case): Promise<void> {
    try {
      await call('case.remove', { id: removed.id });
    } catch (error) {
      return toasts.showError(error);
    }
    this.list = this.list.filter(({ id }) => id !== removed.id);
    navigation.forget((route) => route.name === 'case' && route.id === removed.id);
    toasts.show(caseWords.removed(removed.title), {
      label: commonWords.undo,
      run: () => void this.#restore(removed.id),
    });
  }

  keep({ attachments, ...rest }: Case): void {
    const summary: CaseSummary = { ...rest, attachmentCount: attachments.length };
    this.list = [summary, ...this.list.filter(({ id }) => id !== rest.id)];
  }

  async #restore(id: CaseId): Promise<void> {
    try {
      this.keep(await call('case.restore', { id }));
    } catch (error) {
      toasts.showError(error);
    }
  }
}

export const cases = new CaseList();
