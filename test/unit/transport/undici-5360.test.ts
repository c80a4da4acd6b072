import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { deferEndWhilePaused } from '../../../src-main/node/transport/undici-5360';

function open() {
  const parser = { paused: false, finish: () => null, execute: () => undefined };
  const socket = Object.assign(new EventEmitter(), { [Symbol('parser')]: parser });
  const emitted: string[] = [];
  for (const name of ['readable', 'end', 'close']) socket.on(name, () => emitted.push(name));
  const state = { isOver: false };
  deferEndWhilePaused(socket as unknown as Socket, () => state.isOver);
  return { parser, socket, emitted, state };
}

it('passes the end on at once if the parser is reading', () => {
  const { socket, emitted } = open();
  for (const name of ['readable', 'end', 'close']) socket.emit(name);
  expect(emitted).toEqual(['readable', 'end', 'close']);
});

it('defers the end and later events until a paused parser resumes', async () => {
  const { parser, socket, emitted } = open();
  parser.paused = true;
  for (const name of ['readable', 'end', 'close']) socket.emit(name);
  expect(emitted).toEqual(['readable']);
  parser.paused = false;
  await expect.poll(() => emitted).toEqual(['readable', 'end', 'close']);
});

it('drops the deferred end once the socket is no longer needed', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { parser, socket, emitted, state } = open();
  parser.paused = true;
  socket.emit('end');
  state.isOver = true;
  parser.paused = false;
  vi.runAllTimers();
  expect(emitted).toEqual([]);
});
