import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { deferEndWhilePaused } from '../../../src-main/node/transport/undici-5360';

function open() {
  const parser = { paused: false, finish: () => null, execute: () => undefined };
  const socket = Object.assign(new EventEmitter(), { [Symbol('parser')]: parser });
  const told: string[] = [];
  for (const name of ['readable', 'end', 'close']) socket.on(name, () => told.push(name));
  const state = { isOver: false };
  deferEndWhilePaused(socket as unknown as Socket, () => state.isOver);
  return { parser, socket, told, state };
}

it('tells an end at once to a parser that reads', () => {
  const { socket, told } = open();
  for (const name of ['readable', 'end', 'close']) socket.emit(name);
  expect(told).toEqual(['readable', 'end', 'close']);
});

it('holds the end, and what comes behind it, until a paused parser reads on', async () => {
  const { parser, socket, told } = open();
  parser.paused = true;
  for (const name of ['readable', 'end', 'close']) socket.emit(name);
  expect(told).toEqual(['readable']);
  parser.paused = false;
  await expect.poll(() => told).toEqual(['readable', 'end', 'close']);
});

it('forgets the end where nobody waits any more', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { parser, socket, told, state } = open();
  parser.paused = true;
  socket.emit('end');
  state.isOver = true;
  parser.paused = false;
  vi.runAllTimers();
  expect(told).toEqual([]);
});
