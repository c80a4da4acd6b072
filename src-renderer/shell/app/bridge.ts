import { CasementError } from '../../../src-main/contract/errors';
import type { Bridge, RequestInput, RequestName, RequestOutput } from '../../../src-main/contract/ipc';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly casement: Bridge;
  }
}

/** Asks the main process. Rejects with the `CasementError` of the reply. */
export async function call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const reply = await window.casement.requests[name](input);
  if (reply.ok) return reply.value;
  throw new CasementError(reply.error.code, reply.error.details);
}

/** The events of the main process; each returns the function that ends the subscription. */
export function mainEvents(): Bridge['events'] {
  return window.casement.events;
}
