/** Resolves when all changes so far are on the screen, which is when the frame after the next one starts. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Resolves after waiting messages were handled. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Resolves when the promise settles, or after `limitMs`. */
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

/** Resolves when the visible images and the fonts of the page and of its frames are loaded. They are in the recording, so they load at once or never. */
export async function visibleImagesLoaded(page: Document): Promise<void> {
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
  for (const { contentDocument } of page.querySelectorAll('iframe')) {
    if (contentDocument?.documentElement) waiting.push(visibleImagesLoaded(contentDocument));
  }
  await Promise.all(waiting);
}

/** Runs the function and records its duration as a performance entry, for the benchmark. */
export function timed<T>(name: string, run: () => T): T {
  const start = performance.now();
  try {
    return run();
  } finally {
    performance.measure(`casement:${name}`, { start });
  }
}
