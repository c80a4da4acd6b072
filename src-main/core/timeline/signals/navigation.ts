import { timelineWords } from '../../../contract/words/timeline';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import type { PageFacts } from '../../recording/page-size';
import type { Emit } from '../draft';
import { readFlatText } from '../names/flat-text';
import { quote } from '../quote';
import { isVisited, parseAddress, showPage } from './address';

/** A page that has just opened gets its title a little later. */
const titleMs = 1000;
/** A link that was clicked brings its page within this time. */
const linkReachMs = 2500;
/** A slow page that a link opens is loaded at last within this time. */
const loadReachMs = 30_000;
const titleLimit = 80;

/** Plain JSON, to go on later. */
export interface NavigationState {
  address: string;
  isFreshStart: boolean;
  /** The title that was told last. */
  title: string;
  pending?: Arrival | undefined;
  /** The link that was clicked last, while its page may open. */
  link?: { at: number; href: string } | undefined;
  /** When a page was told of for no better reason than a clicked link. */
  inferredAt?: number | undefined;
}

interface Arrival {
  at: number;
  href: string;
  isReload: boolean;
  /** The title at that moment. */
  titleBefore: string;
}

/**
 * Where the user is. Meta events repeat at every checkout of the recorder, so only a new address, or a new start of the page, is told.
 * Applications of a single page change the address without any event of rrweb's: there the platforms' own events tell it, or a
 * clicked link of the same site after which parts of the page are replaced.
 */
export class NavigationTrack {
  private readonly state: NavigationState;

  constructor(
    private readonly emit: Emit,
    saved: NavigationState = { address: '', isFreshStart: false, title: '' },
  ) {
    this.state = saved;
  }

  save(): NavigationState {
    return this.state;
  }

  /** The address of the page that is open, '' before the first. */
  get page(): string {
    return this.state.address;
  }

  get isWaiting(): boolean {
    return this.state.pending !== undefined || this.state.link !== undefined;
  }

  get openSince(): number | undefined {
    return this.state.pending?.at;
  }

  /** The page's own DOMContentLoaded or load event, or the recorder's first list of requests: the document is a new one. */
  noteStart(): void {
    this.state.isFreshStart = true;
  }

  /** True when another page is open now. `model` still holds the page before. */
  addMeta({ href }: PageFacts, at: number, model: DomModel): boolean {
    const { state } = this;
    const isLoadOfLink = state.inferredAt !== undefined && at - state.inferredAt <= loadReachMs;
    const isReload = href === state.address && state.isFreshStart && isVisited(href) && !isLoadOfLink;
    if (state.isFreshStart || href !== state.address) state.inferredAt = undefined;
    state.isFreshStart = false;
    state.link = undefined;
    if (isReload) this.arrive(at, href, isReload, model);
    return this.goTo(href, at, model) || isReload;
  }

  /** A change of address within a page, told by a router or by the platform's own events. True when it is another page. */
  goTo(href: string, at: number, model: DomModel): boolean {
    const { state } = this;
    if (href === state.address) return false;
    const isSamePlace = isVisited(state.address) && showPage(href) === showPage(state.address);
    state.address = href;
    state.link = undefined;
    if (!isVisited(href) || isSamePlace) return false;
    this.arrive(at, href, false, model);
    return true;
  }

  /** A link was clicked. Only one to another page of the same site can be followed without loading. */
  noteLink(href: string, at: number): void {
    const { address } = this.state;
    const from = parseAddress(address);
    const to = from && parseAddress(href, address);
    const isOther = to?.origin === from?.origin && to !== undefined && showPage(to.href) !== showPage(address);
    this.state.link = isOther ? { at, href: to.href } : undefined;
  }

  /** Parts of the page were replaced: the page of a clicked link, if there is one. True when it is taken for that. */
  noteNewNodes(at: number, model: DomModel): boolean {
    const { link } = this.state;
    if (!link || at - link.at > linkReachMs) return false;
    const isOther = this.goTo(link.href, at, model);
    this.state.inferredAt = at;
    return isOther;
  }

  settle(now: number, model: DomModel): void {
    const { pending, link } = this.state;
    if (pending && now - pending.at >= titleMs) this.tell(model, true);
    if (link && now - link.at > linkReachMs) this.state.link = undefined;
  }

  finish(model: DomModel): void {
    this.tell(model, false);
  }

  private arrive(at: number, href: string, isReload: boolean, model: DomModel): void {
    this.tell(model, false);
    this.state.pending = { at, href, isReload, titleBefore: readTitle(model) };
  }

  /** A page that is left again at once may not have got its own title yet (`isSettled` false). */
  private tell(model: DomModel, isSettled: boolean): void {
    const { pending } = this.state;
    if (!pending) return;
    this.state.pending = undefined;
    const found = readTitle(model);
    // A title that stayed is of the page before, or of the whole site.
    const isOwn = found !== this.state.title && (isSettled || found !== pending.titleBefore);
    const title = isOwn ? found : '';
    if (isOwn) this.state.title = found;
    const page = showPage(pending.href);
    const words = pending.isReload ? timelineWords.reloaded : timelineWords.opened;
    this.emit({
      at: pending.at,
      kind: 'navigation',
      severity: 'info',
      text: words(quote(page), quote(title)),
      details: { page, ...(title !== '' && { title }) },
    });
  }
}

/** The title of the open page; '' for one that says nothing, such as a masked one. */
function readTitle(model: DomModel): string {
  const under = (node: ModelNode | undefined, tag: string): ModelNode | undefined =>
    node?.children.find((child) => child.tag === tag);
  const node = under(under(under(model.root, 'html'), 'head'), 'title');
  const title = node ? readFlatText(node, titleLimit) : '';
  return /[\p{L}\p{N}]/u.test(title) ? title : '';
}
