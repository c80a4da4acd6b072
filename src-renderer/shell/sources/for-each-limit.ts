/** Runs `work` for each item in order, at most `limit` at a time, until `isStopped`. Rejects with the first error of `work`. */
export async function forEachLimit<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
  isStopped: () => boolean,
): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (isStopped()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
