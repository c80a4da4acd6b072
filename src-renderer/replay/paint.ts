/** Resolves once what was changed until now is on the screen: the frame after the next has begun. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Lets messages that wait be heard, and resolves. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Resolves with the promise, or after so long without it. */
export function atMost(limitMs: number, promise: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    promise.then(done, done);
  });
}

/** Resolves when images and fonts that the page shows now have come. They are in the recording, so they come at once or never. */
export async function picturesIn(page: Document): Promise<void> {
  const { clientHeight, clientWidth } = page.documentElement;
  const waiting: Promise<unknown>[] = [];
  for (const image of page.images) {
    if (image.complete || !/^(data|blob):/.test(image.src)) continue;
    const box = image.getBoundingClientRect();
    if (box.bottom < 0 || box.right < 0 || box.top > clientHeight || box.left > clientWidth) continue;
    waiting.push(
      new Promise((resolve) => {
        image.addEventListener('load', resolve, { once: true });
        image.addEventListener('error', resolve, { once: true });
      }),
    );
  }
  if (page.fonts.status === 'loading') waiting.push(page.fonts.ready);
  await Promise.all(waiting);
}

/** Runs it and leaves how long it took among the page's performance entries, for the benchmark. */
export function timed<T>(name: string, run: () => T): T {
  const start = performance.now();
  try {
    return run();
  } finally {
    performance.measure(`casement:${name}`, { start });
  }
}
