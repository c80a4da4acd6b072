import { CasementError } from '../../../contract/errors';
import type { Moment, ScreenshotFailure, WindowReply, WindowRequest } from '../../../contract/window-port';
import type { MessagePortLike } from '../../rpc-server';

/** The worker's end of the port to the hidden windows that main opens for an export. Send one request at a time. */
export class HiddenWindows {
  private answer: ((reply: WindowReply) => void) | undefined;

  constructor(
    private readonly port: MessagePortLike | undefined,
    private readonly signal: AbortSignal,
  ) {
    // The other end is Casement's main process.
    port?.on('message', ({ data }) => this.answer?.(data as WindowReply));
    port?.on('close', () => this.answer?.({ failure: 'failed' }));
    port?.start();
  }

  /** Throws pdf-failed, cancelled. */
  print = async (html: string): Promise<Uint8Array> => {
    const reply = await this.ask({ kind: 'print', html });
    if ('failure' in reply) throw new CasementError('pdf-failed');
    return reply.bytes;
  };

  /** Returns a screenshot as JPEG, or the reason if there is none. Throws cancelled. */
  show = async (moment: Moment): Promise<Uint8Array | ScreenshotFailure> => {
    const reply = await this.ask({ kind: 'screenshot', ...moment });
    return 'failure' in reply ? reply.failure : reply.bytes;
  };

  close(): void {
    this.port?.close();
  }

  private async ask(request: WindowRequest): Promise<WindowReply> {
    const { port, signal } = this;
    if (!port) return { failure: 'failed' };
    return new Promise<WindowReply>((resolve, reject) => {
      const cancel = (): void => reject(new CasementError('cancelled'));
      signal.addEventListener('abort', cancel, { once: true });
      this.answer = (reply) => {
        signal.removeEventListener('abort', cancel);
        resolve(reply);
      };
      port.postMessage(request);
      if (signal.aborted) cancel();
    });
  }
}
