import Player from 'rrweb-player';

type Events = ConstructorParameters<typeof Player>[0]['props']['events'];

interface Seek {
  ms: number;
}

let player: Player | undefined;

/** Resolves when the current state is painted: at the start of the frame after the next. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

Object.assign(window, {
  /** Opens a recording like a page that embeds the player, with default settings; returns ms from the request to the first painted page. */
  async openRecording(url: string): Promise<{ ms: number; parseMs: number; durationMs: number }> {
    document.body.replaceChildren();
    const started = performance.now();
    const text = await (await fetch(url)).text();
    const read = performance.now();
    const events = JSON.parse(text) as Events;
    const parsed = performance.now();
    player = new Player({ target: document.body, props: { events, autoPlay: false, width: 1024, height: 640 } });
    // The player shows the first page, which the Replayer builds shortly after its construction.
    await new Promise((resolve) => setTimeout(resolve, 2));
    await painted();
    const first = events[0]?.timestamp ?? 0;
    return {
      ms: performance.now() - started,
      parseMs: parsed - read,
      durationMs: (events.at(-1)?.timestamp ?? first) - first,
    };
  },
  async seekTo(atMs: number): Promise<Seek> {
    if (!player) throw new Error('no recording is open');
    const started = performance.now();
    player.goto(atMs, false);
    await painted();
    return { ms: performance.now() - started };
  },
});
