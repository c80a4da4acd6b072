import { concatBytes, isGzip } from '../../bytes';
import type { ByteBudget } from './byte-window';
import type { GzipDamage, InflatePorts } from './inflate';

/** The source of a recording's bytes. */
export interface RecordingInput {
  /** All bytes from the first on, in pieces of any size that nobody writes to afterwards. May be called again. */
  open(): AsyncIterable<Uint8Array>;
}

/** Bytes that are in memory already. */
export function inputOf(...parts: readonly Uint8Array[]): RecordingInput {
  return {
    async *open() {
      yield* parts;
    },
  };
}

/**
 * The text behind the bytes: themselves, or what they unfold to where they are gzip. Closing it closes the source.
 * Errors: those of the source.
 */
export async function* openText(
  input: RecordingInput,
  ports: Pick<InflatePorts, 'gunzipStream'>,
  onDamage: (damage: GzipDamage) => void,
): AsyncGenerator<Uint8Array> {
  const { head, all } = await readHead(input.open(), 2);
  if (isGzip(head)) yield* ports.gunzipStream(all, () => input.open(), onDamage);
  else yield* all;
}

/** The first bytes of a source, fewer where it has no more, and the source as if it hadn't been touched. */
export async function readHead(
  source: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{
  head: Uint8Array;
  all: Required<Pick<AsyncIterableIterator<Uint8Array>, 'return'>> & AsyncIterable<Uint8Array>;
}> {
  const iterator = source[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const head = concatBytes(parts).subarray(0, count);
  return { head, all: new Replayed(parts, iterator) };
}

/** No generator: one of those that was never begun doesn't close its source when it is told to return. */
class Replayed implements AsyncIterableIterator<Uint8Array> {
  private position = 0;

  constructor(
    private readonly parts: readonly Uint8Array[],
    private readonly rest: AsyncIterator<Uint8Array>,
  ) {}

  async next(): Promise<IteratorResult<Uint8Array>> {
    const part = this.parts[this.position++];
    return part ? { done: false, value: part } : this.rest.next();
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    await this.rest.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** A source whose bytes count against a budget. */
export async function* spendFrom(source: AsyncIterable<Uint8Array>, budget: ByteBudget): AsyncGenerator<Uint8Array> {
  for await (const part of source) {
    budget.spend(part.length);
    yield part;
  }
}
