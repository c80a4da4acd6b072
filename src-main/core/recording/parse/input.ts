import { concatBytes, isGzip } from '../../bytes';
import type { ByteBudget } from './byte-window';
import type { GzipDamage, InflatePorts } from './inflate';

/** The source of a recording's bytes. */
export interface RecordingInput {
  /** Yields all bytes from the first on, in pieces of any size that are never written afterwards. May be called again. */
  open(): AsyncIterable<Uint8Array>;
}

/** Creates an input from bytes in memory. */
export function inputOf(...parts: readonly Uint8Array[]): RecordingInput {
  return {
    async *open() {
      yield* parts;
    },
  };
}

/**
 * Yields the text of an input: its bytes, decompressed if they are gzip. Closing it closes the source.
 * Throws the errors of the source.
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

/** Returns the first bytes of a source, fewer if it has no more, and an iterator over the complete source. */
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

/** Not a generator, because `return` on a generator that was never started doesn't close its source. */
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

/** Yields the pieces of a source and counts their bytes against a budget. */
export async function* spendFrom(source: AsyncIterable<Uint8Array>, budget: ByteBudget): AsyncGenerator<Uint8Array> {
  for await (const part of source) {
    budget.spend(part.length);
    yield part;
  }
}
