/** Runs the work for each, so many at a time and in their order, until `isStopped`. What a work throws ends all; so it had better not. */
export async function someAtOnce<T>(
  items: readonly T[],
  width: number,
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
  await Promise.all(Array.from({ length: width }, worker));
}
