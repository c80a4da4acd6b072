import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import { CasementError, toErrorReply } from '../contract/errors';
import {
  requestLimitChars,
  requests,
  type EventName,
  type EventPayload,
  type Reply,
  type RequestName,
} from '../contract/ipc';
import type { Handlers } from '../services/handlers';
import { originOf, shellOrigin } from './origins';

/** Registers a handler for each request of the contract, and nothing besides. */
export function registerHandlers(handlers: Handlers, isShell: (contents: WebContents) => boolean): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    ipcMain.handle(name, (event, input: unknown) => answer(name, handlers, isShell, event, input));
  }
}

/** Tells the shell something of the contract. */
export function tellShell<N extends EventName>(contents: WebContents, name: N, payload: EventPayload<N>): void {
  if (!contents.isDestroyed()) contents.send(name, payload);
}

async function answer(
  name: RequestName,
  handlers: Handlers,
  isShell: (contents: WebContents) => boolean,
  event: IpcMainInvokeEvent,
  input: unknown,
): Promise<Reply<unknown>> {
  try {
    assertSender(event, isShell);
    const checked = checkInput(name, input);
    // The table pairs each handler with its schema; a loop over names can't see the pairing.
    const handler = handlers[name] as (input: unknown) => unknown;
    const value = await handler(checked);
    // A reply holds what the contract names and nothing else, whatever a service returned.
    return { ok: true, value: v.parse(requests[name].output, value) };
  } catch (error) {
    return { ok: false, error: toErrorReply(error) };
  }
}

/** Only the shell's main frame, at its own origin, may ask. Errors: ipc-refused. */
function assertSender(event: IpcMainInvokeEvent, isShell: (contents: WebContents) => boolean): void {
  const { senderFrame, sender } = event;
  const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame;
  if (!isMainFrame || !isShell(sender) || originOf(senderFrame.url) !== shellOrigin) {
    throw new CasementError('ipc-refused');
  }
}

/** In characters of JSON; what JSON can't hold is too large for any request. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Infinity;
  }
}

function checkInput(name: RequestName, input: unknown): unknown {
  if (sizeOf(input) > requestLimitChars) throw new CasementError('ipc-refused');
  const parsed = v.safeParse(requests[name].input, input);
  if (!parsed.success) throw new CasementError('ipc-refused');
  return parsed.output;
}
