import { CasementError } from '../../contract/errors';
import type { PrintReply, PrintRequest } from '../../contract/print-port';
import type { MessagePortLike } from '../rpc-server';

/** Has a page printed at the other end of the port. Errors: pdf-failed, cancelled. */
export function printOver(port: MessagePortLike | undefined, html: string, signal: AbortSignal): Promise<Uint8Array> {
  if (!port) throw new CasementError('pdf-failed');
  return new Promise<Uint8Array>((resolve, reject) => {
    const cancel = (): void => reject(new CasementError('cancelled'));
    signal.addEventListener('abort', cancel, { once: true });
    port.on('message', ({ data }) => {
      // The other end is Casement's main process.
      const { pdf } = data as PrintReply;
      if (pdf) resolve(pdf);
      else reject(new CasementError('pdf-failed'));
    });
    port.on('close', () => reject(new CasementError('pdf-failed')));
    port.start();
    port.postMessage({ html } satisfies PrintRequest);
    if (signal.aborted) cancel();
  });
}
