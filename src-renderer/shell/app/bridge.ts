import { CasementError } from '../../../src-main/contract/errors';
import type { Bridge, RequestInput, RequestName, RequestOutput } from '../../../src-main/contract/ipc';

/** Sends a request to the main process. Rejects with the `CasementError` of the reply. */
export async function call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const reply = await window.casement.requests[name](input);
  if (reply.ok) return reply.value;
  throw new CasementError(reply.error.code, reply.error.details);
}

/** Returns the events of the main process. Each subscription returns a function that ends it. */
export function mainEvents(): Bridge['events'] {
  return window.casement.events;
}
