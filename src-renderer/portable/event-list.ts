import type { ReplayPageSession } from '../../src-main/contract/replay-page';
import { formatTimecode } from '../../src-main/contract/words/format';
import { kindWords, severityWords } from '../../src-main/contract/words/timeline';
import { element } from './element';

type Entry = ReplayPageSession['entries'][number];

/** A shape and a word show the severity; colour only repeats it. */
const signs: Readonly<Record<Entry['severity'], string>> = { error: '■', warning: '▲', info: '' };

/** The timeline as buttons that seek to their entry. The current entry is highlighted. */
export class EventList {
  readonly element: HTMLOListElement;
  readonly #rows: { atMs: number; item: HTMLLIElement }[];
  #current: HTMLLIElement | undefined;

  constructor(entries: readonly Entry[], onChoose: (entry: Entry) => void) {
    this.#rows = entries.map((entry) => {
      const button = element('button', { type: 'button' }, describe(entry));
      button.addEventListener('click', () => onChoose(entry));
      return { atMs: entry.atMs, item: element('li', { class: `${entry.severity} ${entry.kind}` }, [button]) };
    });
    this.element = element(
      'ol',
      {},
      this.#rows.map(({ item }) => item),
    );
  }

  /** Highlights the entry at the time of the replay. `atMs`: ms from the session's start. */
  mark(atMs: number): void {
    const current = this.#rows.findLast((row) => row.atMs <= atMs + 50)?.item;
    if (current === this.#current) return;
    this.#current?.removeAttribute('aria-current');
    current?.setAttribute('aria-current', 'step');
    this.#current = current;
    // Doesn't scroll while the focus is in the list.
    if (!this.element.contains(document.activeElement)) current?.scrollIntoView({ block: 'nearest' });
  }
}

function describe({ atMs, kind, severity, text }: Entry): Node[] {
  const sign = signs[severity];
  return [
    element('time', { datetime: `PT${(atMs / 1000).toFixed(3)}S` }, [formatTimecode(atMs)]),
    element('span', { class: 'kind' }, [
      ...(sign === ''
        ? []
        : [element('span', { class: 'sign', role: 'img', 'aria-label': severityWords[severity] }, [sign]), ' ']),
      kindWords[kind],
    ]),
    element('span', { class: 'text' }, [text]),
  ];
}
