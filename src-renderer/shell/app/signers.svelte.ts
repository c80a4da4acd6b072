import type { RequestInput, RequestOutput } from '../../../src-main/contract/ipc';
import type { CaseVerification } from '../../../src-main/contract/session';
import type { KnownSigner, Signatures } from '../../../src-main/contract/signers';
import { judgeWithOwn } from '../../../src-main/contract/shared/verdict';
import { commonWords } from '../../../src-main/contract/words/common';
import { signerWords } from '../../../src-main/contract/words/signers';
import { call } from './bridge';
import { toasts } from './toasts.svelte';

type Change =
  'signer.list' | 'signer.make-own' | 'signer.name' | 'signer.forget' | 'signer.restore' | 'signer.start-new-list';

/** The signing keys that the user knows: their own, and those that they named. */
class Signers {
  #signatures = $state.raw<Signatures>({ own: null, known: [], isDamaged: false });

  get own(): Signatures['own'] {
    return this.#signatures.own;
  }

  get known(): Signatures['known'] {
    return this.#signatures.known;
  }

  get isDamaged(): boolean {
    return this.#signatures.isDamaged;
  }

  judge(verification: Pick<CaseVerification, 'verdict' | 'signer'>): ReturnType<typeof judgeWithOwn> {
    return judgeWithOwn(verification, this.known, this.own?.publicKey);
  }

  load(): Promise<boolean> {
    return this.#apply('signer.list', {});
  }

  makeOwn(): Promise<boolean> {
    return this.#apply('signer.make-own', {});
  }

  /** Names or renames a signer. Returns false if that failed; the error has been shown. */
  name(publicKey: string, name: string): Promise<boolean> {
    return this.#apply('signer.name', { publicKey, name });
  }

  async forget({ publicKey, name }: KnownSigner): Promise<void> {
    if (!(await this.#apply('signer.forget', { publicKey }))) return;
    toasts.show(signerWords.settings.forgotten(name), {
      label: commonWords.undo,
      run: () => void this.#apply('signer.restore', { publicKey }),
    });
  }

  startNewList(): Promise<boolean> {
    return this.#apply('signer.start-new-list', {});
  }

  async importList(): Promise<void> {
    try {
      const imported = await call('signer.import', {});
      if (!imported) return;
      this.#signatures = imported.signatures;
      toasts.show(signerWords.settings.imported(imported.added, imported.passedOver));
    } catch (error) {
      toasts.showError(error);
    }
  }

  async export(what: RequestInput<'signer.export'>['what']): Promise<void> {
    try {
      const fileName = await call('signer.export', { what });
      if (fileName !== null) toasts.show(signerWords.settings.exported(fileName));
    } catch (error) {
      toasts.showError(error);
    }
  }

  async #apply<N extends Change>(name: N, input: RequestInput<N>): Promise<boolean> {
    try {
      const signatures: RequestOutput<Change> = await call(name, input);
      this.#signatures = signatures;
      return true;
    } catch (error) {
      toasts.showError(error);
      return false;
    }
  }
}

export const signers = new Signers();
