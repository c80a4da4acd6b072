import type { DataMessage, ReplayIndex } from '../../src-main/contract/replay-port';

/** The frame's end of a data port: records the messages that it receives and sends requests. */
export class FakePort {
  readonly got: DataMessage[] = [];
  private readonly listeners = new Map<string, ((message: { data: unknown }) => void)[]>();

  postMessage(message: unknown): void {
    this.got.push(message as DataMessage);
  }

  on(event: string, listener: (message: { data: unknown }) => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  start(): void {}

  emit(event: string, data?: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener({ data });
  }

  lastIndex(): ReplayIndex | undefined {
    return this.got.filter((message) => message.kind === 'index').at(-1);
  }

  texts(): string[] {
    return this.got.flatMap((message) => (message.kind === 'segment' ? [new TextDecoder().decode(message.json)] : []));
  }
}

/** Waits a few turns of the event loop, so that pending callbacks run. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};
