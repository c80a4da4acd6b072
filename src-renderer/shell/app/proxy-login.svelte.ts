import type { CasementError } from '../../../src-main/contract/errors';
import { call, onProxyLogin } from './bridge';
import { keyConsent } from './key-consent.svelte';

interface Question {
  proxy: string;
  /** The proxy rejected the login that was tried. */
  isRejected: boolean;
}

/** Asks for a proxy's user name and password when a request failed for want of them. */
class ProxyLogin {
  /** Set while the dialog is open. */
  question = $state.raw<Question>();
  #settle: ((isStored: boolean) => void) | undefined;
  #pending: Promise<boolean> | undefined;

  /** Lets requests wait for the user's answer. Returns the function that ends it. */
  listen(): () => void {
    return onProxyLogin((error) => this.#ask(error));
  }

  /** Throws keychain-*, cancelled. */
  async submit(user: string, password: string): Promise<void> {
    const { question } = this;
    if (!question) return;
    await keyConsent.with((allowKeyForThisRun) =>
      call('proxy.log-in', { proxy: question.proxy, user, password, allowKeyForThisRun }),
    );
    this.#settle?.(true);
  }

  cancel(): void {
    this.#settle?.(false);
  }

  /** Requests that fail meanwhile wait for the same answer. */
  #ask({ code, details }: CasementError): Promise<boolean> {
    const proxy = details?.proxy;
    if (typeof proxy !== 'string') return Promise.resolve(false);
    this.#pending ??= new Promise<boolean>((resolve) => {
      this.#settle = resolve;
      this.question = { proxy, isRejected: code === 'proxy-login' };
    }).finally(() => {
      this.question = undefined;
      this.#pending = undefined;
    });
    return this.#pending;
  }
}

export const proxyLogin = new ProxyLogin();
