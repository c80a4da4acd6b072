import { valueMask } from '../masks';

interface Seen {
  isEmptySeen: boolean;
  isMaskSeen: boolean;
}

/**
 * Keystrokes tell lengths and rhythms, so of all that is typed into a field while it has the focus one event is kept,
 * the first that makes it look filled; and one before that, which shows it empty.
 */
export class InputEpisodes {
  private readonly seen = new Map<number, Seen>();

  /** What to show for an input, or undefined where nothing new shows. */
  take(id: number, text: string): string | undefined {
    let seen = this.seen.get(id);
    if (!seen) this.seen.set(id, (seen = { isEmptySeen: false, isMaskSeen: false }));
    if (seen.isMaskSeen) return undefined;
    if (text !== '') {
      seen.isMaskSeen = true;
      return valueMask;
    }
    if (seen.isEmptySeen) return undefined;
    seen.isEmptySeen = true;
    return '';
  }

  /** The focus moved, or the page was left: what is typed from now on is a new episode. */
  end(): void {
    this.seen.clear();
  }

  /** A click; one into the field that is being typed into moves the caret only. */
  click(id: number): void {
    if (!this.seen.has(id)) this.seen.clear();
  }
}
