import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import { CasementError, toErrorReply } from '../contract/errors';
import {
  DroppedFiles,
  droppedFilesMessage,
  requestLimitChars,
  requests,
  type Reply,
  type RequestName,
} from '../contract/ipc';
import type { Handlers } from '../services/handlers';
import { originOf, shellOrigin } from './origins';

/** Returns whether a page is the shell's. */
export type IsShell = (contents: WebContents) => boolean;

/** Registers a handler for each request of the contract. Requests wait for `handlers`. `onBug` is called with each unexpected error. */
export function registerHandlers(
  handlers: () => Promise<Handlers>,
  isShell: IsShell,
  onBug: (error: unknown) => void,
): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    ipcMain.handle(name, (event, input: unknown) => answer({ name, handlers, isShell, onBug }, event, input));
  }
}

/** Remembers the files that the user drops on the shell. Returns a function that returns the files of the last drop, once. */
export function trackDroppedFiles(isShell: IsShell): () => string[] {
  let dropped: string[] = [];
  ipcMain.on(droppedFilesMessage, (event, paths: unknown) => {
    const parsed = v.safeParse(DroppedFiles, paths);
    if (isFromShell(event, isShell) && parsed.success) dropped = parsed.output;
  });
  return () => dropped.splice(0);
}

interface Registration {
  name: RequestName;
  handlers: () => Promise<Handlers>;
  isShell: IsShell;
  onBug: (error: unknown) => void;
}

async function answer(
  { name, handlers, isShell, onBug }: Registration,
  event: IpcMainInvokeEvent,
  input: unknown,
): Promise<Reply<unknown>> {
  try {
    if (!isFromShell(event, isShell)) throw new CasementError('ipc-refused');
    const checked = checkInput(name, input);
    // The table pairs each handler with its schema; a loop over names can't see the pairing.
    const handler = (await handlers())[name] as (input: unknown) => unknown;
    const value = await handler(checked);
    // Validates the reply, so that it contains only fields of the contract. A handler without a result returns an empty object.
    return { ok: true, value: v.parse(requests[name].output, value === undefined ? {} : value) };
  } catch (error) {
    const reply = toErrorReply(error);
    // A utility process has logged its own errors, which arrive as CasementError.
    if (reply.code === 'bug' && !(error instanceof CasementError)) onBug(error);
    return { ok: false, error: reply };
  }
}

/** Only the shell's main frame, at its own origin, may send requests. */
function isFromShell({ senderFrame, sender }: IpcMainInvokeEvent | IpcMainEvent, isShell: IsShell): boolean {
  const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame;
  return isMainFrame && isShell(sender) && originOf(senderFrame.url) === shellOrigin;
}

/** Returns the size in characters of JSON. A value that JSON can't hold is too large for any request. */
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
