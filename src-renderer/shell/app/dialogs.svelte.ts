import type { CaseId, ConnectionId, SessionId } from '../../../src-main/contract/ids';
import type { ImportSummary } from '../../../src-main/contract/opened-files';
import type { RecognizedText } from '../../../src-main/contract/source';

/** The settings of a source that a pasted link shows. `text` is searched for once the source is connected. */
export interface SourcePrefill extends NonNullable<RecognizedText['unconnected']> {
  text: string;
}

type DialogName =
  | { name: 'add-source'; prefill?: SourcePrefill }
  | { name: 'renew-key'; id: ConnectionId }
  | { name: 'sign-in-again'; id: ConnectionId }
  | { name: 'gateway'; id: ConnectionId }
  | { name: 'remove-source'; id: ConnectionId }
  | { name: 'export'; sessionId: SessionId }
  | { name: 'export-case'; caseId: CaseId }
  | { name: 'new-case' }
  | { name: 'add-to-case'; sessionId: SessionId }
  | { name: 'passphrase' }
  | { name: 'name-signer'; publicKey: string; fingerprint: string }
  | { name: 'import-summary'; summary: ImportSummary }
  | { name: 'requests' }
  | { name: 'settings' }
  | { name: 'help' };

/** The open dialog, if any. */
class Dialogs {
  open = $state.raw<DialogName>();

  show(dialog: DialogName): void {
    this.open = dialog;
  }

  close(): void {
    this.open = undefined;
  }
}

export const dialogs = new Dialogs();
