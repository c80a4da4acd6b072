import { CasementError, hasCode } from '../../../src-main/contract/errors';
import type { Bridge, RequestInput, RequestName, RequestOutput } from '../../../src-main/contract/ipc';

/**
 * Sends a request to the main process, again after the user has entered a proxy's login. Rejects with the `CasementError` of the
 * reply.
 */
export async function call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  for (;;) {
    const reply = await window.casement.requests[name](input);
    if (reply.ok) return reply.value;
    const error = new CasementError(reply.error.code, reply.error.details);
    if (!hasCode(error, 'proxy-auth', 'proxy-login') || !(await askForLogin(error))) throw error;
  }
}

/** Asks the user for the login of a proxy. Returns whether it was stored, so that the request can be sent again. */
type AskForLogin = (error: CasementError) => Promise<boolean>;

let askForLogin: AskForLogin = () => Promise.resolve(false);

/** Sets the function that is called when a request failed for want of a proxy's login. Returns the function that ends it. */
export function onProxyLogin(ask: AskForLogin): () => void {
  askForLogin = ask;
  return () => (askForLogin = () => Promise.resolve(false));
}

/** Returns the events of the main process. Each subscription returns a function that ends it. */
export function mainEvents(): Bridge['events'] {
  return window.casement.events;
}
