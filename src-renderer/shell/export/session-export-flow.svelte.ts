import type { TicketFormat } from '../../../src-main/contract/export-format';
import type { SessionId } from '../../../src-main/contract/ids';
import type { RequestOutput } from '../../../src-main/contract/ipc';
import { call } from '../app/bridge';
import { ExportFlow } from './export-flow.svelte';

/** Exports one session, in any format. */
export class SessionExportFlow extends ExportFlow {
  readonly #sessionId: SessionId;

  constructor(sessionId: SessionId) {
    super();
    this.#sessionId = sessionId;
  }

  protected override askPreview(jobId: string): Promise<RequestOutput<'export.preview'>> {
    return call('export.preview', { ...this.#choice(), jobId });
  }

  protected override askSave(jobId: string): Promise<RequestOutput<'export.save'>> {
    return call('export.save', { ...this.#choice(), ...this.fileChoice(), jobId });
  }

  protected override askCopy(jobId: string, format: TicketFormat): Promise<RequestOutput<'export.copy'>> {
    return call('export.copy', { ...this.#choice(), hidesOwnTexts: this.hidesOwnTexts, format, jobId });
  }

  #choice(): { sessionId: SessionId; policy: string; hasNotes: boolean } {
    return { sessionId: this.#sessionId, policy: this.policy, hasNotes: this.hasNotes };
  }
}
