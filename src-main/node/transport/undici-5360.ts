import type { Socket } from 'node:net';

/** The part of undici's HTTP/1 parser that is looked at. It is private, so whatever is found is tried before it is used. */
interface Parser {
  paused: boolean;
}

/** How often it is looked whether the reader has caught up, ms. */
const lookAgainMs = 10;

/**
 * A server that closes its side while we read slower than it sends ends the whole process in undici 7: its parser may not be told of
 * an end while it is paused, and is (its issue 5360; mended in undici 8, which needs Node 22). Here the socket's end waits until the
 * reader has caught up, as if it had come later. `isOver` tells that nobody waits for the socket any more.
 */
export function deferEndWhilePaused(socket: Socket, isOver: () => boolean): void {
  const emit = socket.emit.bind(socket) as (name: string, ...args: unknown[]) => boolean;
  const held: [name: string, ...args: unknown[]][] = [];
  let parser: Parser | undefined;
  const release = (): void => {
    if (isOver()) return;
    if (parser?.paused) return void setTimeout(release, lookAgainMs);
    const next = held.shift();
    if (!next) return;
    emit(...next);
    release();
  };
  const emitLater = (name: string, ...args: unknown[]): boolean => {
    parser ??= findParser(socket);
    if (name !== 'end' && name !== 'close') return emit(name, ...args);
    if (held.length === 0 && !parser?.paused) return emit(name, ...args);
    held.push([name, ...args]);
    if (held.length === 1) release();
    return true;
  };
  socket.emit = emitLater as Socket['emit'];
}

function findParser(socket: Socket): Parser | undefined {
  return Object.getOwnPropertySymbols(socket)
    .map((symbol): unknown => Reflect.get(socket, symbol))
    .find(isParser);
}

function isParser(value: unknown): value is Parser {
  return typeof value === 'object' && value !== null && 'paused' in value && 'finish' in value && 'execute' in value;
}
