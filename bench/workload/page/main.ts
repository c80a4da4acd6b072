import { pass, settle } from './clock';
import { record } from 'rrweb';
import { acts } from './acts';
import { Random } from './random';
import { buildScene } from './scene';

interface WorkloadPage {
  seed: number;
  /** About how many nodes the page has. */
  nodes: number;
  burst: number;
  /** How much time passes on average between two acts, ms. */
  paceMs: number;
}

/** Events that the browser fires by itself come at moments that no seed decides, so the page fires its own. */
const firedByHand = ['scroll', 'selectionchange', 'play', 'pause', 'volumechange', 'ratechange', 'seeked'];
/** A user who thinks: once in so many acts, and for how long. */
const idleEvery = 4000;
const idleMs = [4_000, 15_000] as const;

const pending: string[] = [];
const totalWeight = acts.reduce((sum, { weight }) => sum + weight, 0);
/** The next thing that happens on the page. */
let act: () => Promise<void>;

Object.assign(window, {
  /** Builds the page and records its first picture. */
  startWorkload({ seed, nodes, burst, paceMs }: WorkloadPage): void {
    for (const name of firedByHand) {
      window.addEventListener(name, (event) => event.isTrusted && event.stopImmediatePropagation(), { capture: true });
    }
    const random = new Random(seed);
    const scene = buildScene(random, nodes, burst);
    record({ emit: (event) => pending.push(JSON.stringify(event)), collectFonts: true });
    act = async () => {
      const isIdle = random.below(idleEvery) === 0;
      await pass(isIdle ? random.between(...idleMs) : random.between(0, paceMs * 2));
      let chosen = random.next() * totalWeight;
      acts.find(({ weight }) => (chosen -= weight) < 0)?.run(scene);
      await settle();
    };
  },
  /** Goes on until there are so many events more; they come as JSON, separated by commas. */
  async continueWorkload(events: number): Promise<string> {
    while (pending.length < events) await act();
    return pending.splice(0, events).join(',\n');
  },
});
