import type { Socket } from 'node:net';

/** The part of undici's private HTTP/1 parser that is read here. `isParser` checks its shape first. */
interface Parser {
  paused: boolean;
}

/** Interval at which to check whether the reader has caught up, ms. */
const pollMs = 10;

/**
 * Works around undici issue 5360: in undici 7 the process crashes if a server closes its side of the connection while the
 * parser is paused, because the reader is slower than the server. This delays the socket's `end` and `close` events until
 * the parser resumes. `isOver` returns true once the socket is no longer needed.
 *
 * Remove with the update to undici 8, which has the fix and needs Node 22.
 */
export function deferEndWhilePaused(socket: Socket, isOver: () => boolean): void {
  const emit = socket.emit.bind(socket) as (name: string, ...args: unknown[]) => boolean;
  const deferred: [name: string, ...args: unknown[]][] = [];
  let parser: Parser | undefined;
  const release = (): void => {
    if (isOver()) return;
    if (parser?.paused) return void setTimeout(release, pollMs);
    const next = deferred.shift();
    if (!next) return;
    emit(...next);
    release();
  };
  const emitOrDefer = (name: string, ...args: unknown[]): boolean => {
    parser ??= findParser(socket);
    if (name !== 'end' && name !== 'close') return emit(name, ...args);
    if (deferred.length === 0 && !parser?.paused) return emit(name, ...args);
    deferred.push([name, ...args]);
    if (deferred.length === 1) release();
    return true;
  };
  socket.emit = emitOrDefer as Socket['emit'];
}

function findParser(socket: Socket): Parser | undefined {
  return Object.getOwnPropertySymbols(socket)
    .map((symbol): unknown => Reflect.get(socket, symbol))
    .find(isParser);
}

function isParser(value: unknown): value is Parser {
  return typeof value === 'object' && value !== null && 'paused' in value && 'finish' in value && 'execute' in value;
}
