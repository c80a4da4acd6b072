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
/** The full snapshot and the first list of requests follow their Meta event within this time, even on a large page. */
const snapshotMs = 5000;

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
  /** The time of a Meta event for the open page, until its snapshot shows whether the page was loaded again. */
  checkoutAt?: number | undefined;
  /** True between the DOMContentLoaded and the load event of a document. */
  awaitsLoad?: boolean | undefined;
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
    const { pending, link, checkoutAt } = this.state;
    return pending !== undefined || link !== undefined || checkoutAt !== undefined;
  }

  get openSince(): number | undefined {
    return this.state.pending?.at ?? this.state.checkoutAt;
  }

  /**
   * Notes a DOMContentLoaded or load event (`isLoaded`): the next Meta event is that of a new document. A recorder that starts between the
   * two events writes the load event after its Meta event; it says nothing about the next one.
   */
  noteStart(isLoaded: boolean): void {
    const { state } = this;
    const isSecond = isLoaded && state.awaitsLoad === true;
    state.awaitsLoad = !isLoaded;
    if (!isSecond) state.isFreshStart = true;
  }

  /** Returns true if another page is open now. `model` still contains the previous page. */
  addMeta({ href }: PageFacts, at: number, model: DomModel): boolean {
    const { state } = this;
    const isLoadOfLink = state.inferredAt !== undefined && at - state.inferredAt <= loadReachMs;
    const isReload = href === state.address && state.isFreshStart && isVisited(href) && !isLoadOfLink;
    if (state.isFreshStart || href !== state.address) state.inferredAt = undefined;
    state.checkoutAt = href === state.address && !isReload && isVisited(href) && !isLoadOfLink ? at : undefined;
    state.isFreshStart = false;
    state.link = undefined;
    if (isReload) this.arrive(at, href, isReload, model);
    return this.goTo(href, at, model) || isReload;
  }

  /**
   * Notes the full snapshot after a Meta event. `isNewDocument` is true or false if the snapshot shows whether the page was loaded again,
   * otherwise undefined. Returns true if the open page was reloaded.
   */
  addSnapshot(isNewDocument: boolean | undefined, model: DomModel): boolean {
    if (isNewDocument === true) this.state.inferredAt = undefined;
    if (isNewDocument === false) this.state.checkoutAt = undefined;
    return isNewDocument === true && this.reload(model);
  }

  /** Notes the first list of requests, which a recorder writes when it starts. Returns true if the open page was reloaded. */
  addFirstRequests(model: DomModel): boolean {
    return this.reload(model);
  }

  private reload(model: DomModel): boolean {
    const { checkoutAt, address } = this.state;
    if (checkoutAt === undefined) return false;
    this.state.checkoutAt = undefined;
    this.arrive(checkoutAt, address, true, model);
    return true;
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
    const { pending, link, checkoutAt } = this.state;
    if (pending && now - pending.at >= titleMs) this.emitPending(model, true);
    if (checkoutAt !== undefined && now - checkoutAt > snapshotMs) this.state.checkoutAt = undefined;
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
