import type { DomModel } from '../../recording/model/dom-model';
import type { PageFacts } from '../../recording/page-size';
import { quotesOf, type Emit } from '../draft';
import type { PageReader } from '../names/page-reader';
import { readTitle } from '../names/title';
import { isVisited, parseAddress, formatPage } from './address';

/** A page gets its title within this time after it opens. */
const titleMs = 1000;
/** A single-page application shows the page of a clicked link within this time. */
const linkReachMs = 2500;
/** Even a slow page is loaded within this time after its link was clicked. */
const loadReachMs = 30_000;

/** Plain JSON, to resume later. */
export interface NavigationState {
  address: string;
  isFreshStart: boolean;
  /** The title in the last entry. */
  title: string;
  pending?: Arrival | undefined;
  /** The last clicked link, until its page opens or the time for that is over. */
  link?: { at: number; href: string } | undefined;
  /** When an entry was emitted only because of a clicked link. */
  inferredAt?: number | undefined;
}

interface Arrival {
  at: number;
  href: string;
  isReload: boolean;
  /** The title when the page opened. */
  titleBefore: string;
}

/**
 * Detects the pages that the user opens. Meta events repeat at every checkout of the recorder, so only a new address or a reload gets an
 * entry. Single-page applications change the address without an rrweb event: there, the sources are the platforms' own events, and
 * clicks on links of the same site after which parts of the page are replaced.
 */
export class NavigationTrack {
  private readonly state: NavigationState;

  constructor(
    private readonly emit: Emit,
    private readonly pages: PageReader,
    saved: NavigationState = { address: '', isFreshStart: false, title: '' },
  ) {
    this.state = saved;
  }

  save(): NavigationState {
    return this.state;
  }

  /** The address of the open page, '' before the first. */
  get page(): string {
    return this.state.address;
  }

  get isWaiting(): boolean {
    return this.state.pending !== undefined || this.state.link !== undefined;
  }

  get openSince(): number | undefined {
    return this.state.pending?.at;
  }

  /** Notes that the document is new: a DOMContentLoaded or load event, or the recorder's first list of requests. */
  noteStart(): void {
    this.state.isFreshStart = true;
  }

  /** Returns true if another page is open now. `model` still contains the previous page. */
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

  /** Notes a change of address without a load. Returns true if it is another page. */
  goTo(href: string, at: number, model: DomModel): boolean {
    const { state } = this;
    if (href === state.address) return false;
    const isSamePage = isVisited(state.address) && formatPage(href) === formatPage(state.address);
    state.address = href;
    state.link = undefined;
    if (!isVisited(href) || isSamePage) return false;
    this.arrive(at, href, false, model);
    return true;
  }

  /** Notes a clicked link. Only a link to another page of the same site can open without a load. */
  noteLink(href: string, at: number): void {
    const { address } = this.state;
    const from = parseAddress(address);
    const to = from && parseAddress(href, address);
    const isOther = to?.origin === from?.origin && to !== undefined && formatPage(to.href) !== formatPage(address);
    this.state.link = isOther ? { at, href: to.href } : undefined;
  }

  /** Notes that parts of the page were replaced. Returns true if that is taken for the page of a clicked link. */
  noteNewNodes(at: number, model: DomModel): boolean {
    const { link } = this.state;
    if (!link || at - link.at > linkReachMs) return false;
    const isOther = this.goTo(link.href, at, model);
    this.state.inferredAt = at;
    return isOther;
  }

  settle(now: number, model: DomModel): void {
    const { pending, link } = this.state;
    if (pending && now - pending.at >= titleMs) this.emitPending(model, true);
    if (link && now - link.at > linkReachMs) this.state.link = undefined;
  }

  finish(model: DomModel): void {
    this.emitPending(model, false);
  }

  private arrive(at: number, href: string, isReload: boolean, model: DomModel): void {
    this.emitPending(model, false);
    this.state.pending = { at, href, isReload, titleBefore: readTitle(model) };
  }

  /** `isSettled` is false if the page was left at once: it may not have its own title yet. */
  private emitPending(model: DomModel, isSettled: boolean): void {
    const { pending } = this.state;
    if (!pending) return;
    this.state.pending = undefined;
    const found = readTitle(model);
    // An unchanged title belongs to the previous page or to the entire site.
    const isOwn = found !== this.state.title && (isSettled || found !== pending.titleBefore);
    if (isOwn) this.state.title = found;
    this.emit({
      at: pending.at,
      kind: 'navigation',
      severity: 'info',
      verb: pending.isReload ? 'reloaded' : 'opened',
      quotes: quotesOf({ page: formatPage(pending.href), title: isOwn ? this.pages.title(model) : '' }),
    });
  }
}
