import type { CaseId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import { call } from '../app/bridge';
import { ExportFlow } from './export-flow.svelte';

/** Exports a complete case as a case file. */
export class CaseExportFlow extends ExportFlow {
  hasTexts = $state(true);
  readonly #caseId: CaseId;

  constructor(caseId: CaseId) {
    super();
    this.#caseId = caseId;
    this.format = 'case';
  }

  includeTexts(hasTexts: boolean): void {
    this.hasTexts = hasTexts;
    void this.refresh();
  }

  protected override askPreview(jobId: string): Promise<RequestOutput<'export.preview'>> {
    return call('export.preview-case', { ...this.#choice(), jobId });
  }

  protected override askSave(jobId: string): Promise<RequestOutput<'export.save'>> {
    const { isSigned, passphrase } = this;
    return call('export.save-case', { ...this.#choice(), isSigned, passphrase, jobId });
  }

  #choice(): { caseId: CaseId; policy: string; hasNotes: boolean; hasTexts: boolean } {
    return { caseId: this.#caseId, policy: this.policy, hasNotes: this.hasNotes, hasTexts: this.hasTexts };
  }
}
