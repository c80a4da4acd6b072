import Player from 'rrweb-player';
import type { ReplayPageSession } from '../../src-main/contract/replay-page';
import { replayPageWords as words } from '../../src-main/contract/words/replay-page';
import { repairReplay } from '../../src-main/core/recording/repair/repair-replay';
import { element } from './element';

interface RecordedNode {
  childNodes?: RecordedNode[];
}

type Window = ReplayPageSession['windows'][number];

const fullSnapshot = 2;
/** An empty page: the document, its html, head and body, and a doctype. */
const emptyPage = 5;
/** The height of the player's own controls, CSS pixels. */
const controlsHeight = 80;
const leastHeight = 240;

/** Plays one recorded tab of one session. All times are ms from the session's start. */
export class Playback {
  readonly #stage: HTMLElement;
  #player: Player | undefined;
  #startMs = 0;
  #totalMs = 0;
  #atMs = 0;

  constructor(stage: HTMLElement) {
    this.#stage = stage;
    new ResizeObserver(() => this.#fit()).observe(stage);
  }

  /** Shows a tab, or the reason why there is none. */
  open(shown: Window | string | undefined, onTime: (atMs: number) => void): void {
    this.#player?.pause();
    this.#player?.$destroy();
    this.#player = undefined;
    this.#stage.replaceChildren();
    const isPlayable =
      typeof shown === 'object' &&
      shown.events.length > 1 &&
      shown.events.some(({ type }) => type === (fullSnapshot as typeof type));
    if (!isPlayable) {
      const reason = typeof shown === 'string' ? shown : words.nothingToShow;
      this.#stage.append(element('p', { class: 'notice' }, [reason]));
      return;
    }
    this.#startMs = shown.startMs;
    const { events, rules } = repairReplay(shown.events);
    const player = new Player({
      target: this.#stage,
      props: {
        events,
        insertStyleRules: [...rules],
        ...this.#size(),
        autoPlay: false,
        skipInactive: false,
        showController: true,
        // Canvas drawings aren't replayed: `UNSAFE_replayCanvas` would let the recording's frame run scripts.
        mouseTail: false,
        // A recorded focus would steal the reader's focus.
        triggerFocus: false,
      },
    });
    this.#player = player;
    this.#totalMs = player.getMetaData().totalTime;
    this.#seal();
    player.addEventListener('ui-update-current-time', (event) => {
      const { payload } = event as { payload: number };
      this.#atMs = payload;
      onTime(payload + this.#startMs);
    });
    // A seek applies only events before its time, hence + 1.
    this.seek(this.#startMs + firstPicture(shown.events) + 1);
  }

  seek(atMs: number): void {
    this.#goTo(atMs - this.#startMs);
  }

  step(byMs: number): void {
    this.#goTo(this.#atMs + byMs);
  }

  toggle(): void {
    this.#player?.toggle();
  }

  #goTo(offsetMs: number): void {
    // A seek to the very end would restart the replay.
    this.#player?.goto(Math.min(Math.max(0, this.#totalMs - 1), Math.max(0, offsetMs)));
  }

  /** Makes the recorded page unreachable by pointer and keyboard. */
  #seal(): void {
    for (const frame of this.#stage.querySelectorAll('iframe')) frame.inert = true;
  }

  #size(): { width: number; height: number } {
    const { width } = this.#stage.getBoundingClientRect();
    const height = Math.max(leastHeight, Math.min(width * 0.625, window.innerHeight * 0.75) - controlsHeight);
    return { width: Math.max(320, Math.floor(width)), height: Math.floor(height) };
  }

  #fit(): void {
    if (!this.#player) return;
    this.#player.$set(this.#size());
    this.#player.triggerResize();
  }
}

/** Returns the time of the first page with content, ms from the tab's first event. Many recordings begin with a blank page. */
function firstPicture(events: Window['events']): number {
  const begin = events[0]?.timestamp ?? 0;
  const first = events.find(({ type, data }) => type === (fullSnapshot as typeof type) && countNodes(data) > emptyPage);
  return (first?.timestamp ?? begin) - begin;
}

/** Counts the nodes of a snapshot, and stops once it is more than an empty page. */
function countNodes(data: unknown): number {
  const { node } = data as { node?: RecordedNode };
  const waiting = node ? [node] : [];
  let count = 0;
  for (let next = waiting.pop(); next && count <= emptyPage; next = waiting.pop()) {
    count++;
    waiting.push(...(next.childNodes ?? []));
  }
  return count;
}
