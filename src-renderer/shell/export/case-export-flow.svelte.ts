import type { TicketFormat } from '../../../src-main/contract/export-format';
import type { CaseId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import { call } from '../app/bridge';
import { ExportFlow } from './export-flow.svelte';

/** Exports a case: as one case file, or its merged timeline in any format. */
export class CaseExportFlow extends ExportFlow {
  /** Only for a case file. */
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

  /** Only a case file contains the texts of the case. */
  override get report(): RequestOutput<'export.preview'>['report'] | undefined {
    const report = super.report;
    if (!report || this.format === 'case') return report;
    return { ...report, masked: { ...report.masked, 'case-text': 0 } };
  }

  protected override askPreview(jobId: string): Promise<RequestOutput<'export.preview'>> {
    return call('export.preview-case', { ...this.#choice(), hasTexts: this.hasTexts, jobId });
  }

  protected override askSave(jobId: string): Promise<RequestOutput<'export.save'>> {
    return call('export.save-case', { ...this.#choice(), hasTexts: this.hasTexts, ...this.fileChoice(), jobId });
  }

  protected override askCopy(jobId: string, format: TicketFormat): Promise<RequestOutput<'export.copy'>> {
    return call('export.copy-case', { ...this.#choice(), hidesOwnTexts: this.hidesOwnTexts, format, jobId });
  }

  #choice(): { caseId: CaseId; policy: string; hasNotes: boolean } {
    return { caseId: this.#caseId, policy: this.policy, hasNotes: this.hasNotes };
  }
}
