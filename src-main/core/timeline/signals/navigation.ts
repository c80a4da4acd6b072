import { timelineWords } from '../../../contract/words/timeline';
import type { PageFacts } from '../../recording/page-size';
import type { Emit } from '../draft';
import { isVisited, showPage } from './address';

/** Where the user is. Meta events repeat at every checkout of the recorder, so only a new address, or a new start of the page, is told. */
export class NavigationTrack {
  private address = '';
  private isFreshStart = false;

  constructor(private readonly emit: Emit) {}

  /** The address of the page that is open, '' before the first. */
  get page(): string {
    return this.address;
  }

  /** The page's own DOMContentLoaded or load event, or the recorder's first list of requests: the document is a new one. */
  noteStart(): void {
    this.isFreshStart = true;
  }

  addMeta({ href }: PageFacts, at: number): void {
    if (href === this.address && this.isFreshStart && isVisited(href)) {
      this.emit({ at, kind: 'navigation', severity: 'info', text: timelineWords.reloaded(showPage(href)) });
    }
    this.isFreshStart = false;
    this.goTo(href, at);
  }

  /** A change of address within a page, told by a router or by the platform's own events. */
  goTo(href: string, at: number): void {
    if (href === this.address) return;
    const isSamePlace = isVisited(this.address) && showPage(href) === showPage(this.address);
    this.address = href;
    if (!isVisited(href) || isSamePlace) return;
    this.emit({ at, kind: 'navigation', severity: 'info', text: timelineWords.opened(showPage(href)) });
  }
}
