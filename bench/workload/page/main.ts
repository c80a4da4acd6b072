import { pass, settle } from './clock';
import { record } from 'rrweb';
import { acts } from './acts';
import { Random } from './random';
import { buildScene } from './scene';

interface WorkloadPage {
  seed: number;
  /** Approximate number of nodes of the page. */
  nodes: number;
  burst: number;
  /** Average time between two acts, ms. */
  paceMs: number;
}

/** Events that the browser fires at unpredictable times; the page dispatches its own instead, so that a seed determines them. */
const firedByHand = ['scroll', 'selectionchange', 'play', 'pause', 'volumechange', 'ratechange', 'seeked'];
/** The user pauses once in this many acts, for this long (ms). */
const idleEvery = 4000;
const idleMs = [4_000, 15_000] as const;

const pending: string[] = [];
const totalWeight = acts.reduce((sum, { weight }) => sum + weight, 0);
/** The next thing that happens on the page. */
let act: () => Promise<void>;

Object.assign(window, {
  /** Builds the page and records its full snapshot. */
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
  /** Continues until this many further events were recorded; returns them as JSON, separated by commas. */
  async continueWorkload(events: number): Promise<string> {
    while (pending.length < events) await act();
    return pending.splice(0, events).join(',\n');
  },
});
