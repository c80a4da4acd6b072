import type { DomModel } from '../recording/model/dom-model';
import { consolePlugin, networkPlugin } from '../recording/events';
import { isRecord } from '../recording/json';
import type { Emit } from './draft';
import { findTarget } from './names/describe';
import type { PageReader } from './names/page-reader';
import type { ScopeSearch } from './names/tree-scope';
import { toPlainLine } from '../text/plain-line';
import { parseAddress } from './signals/address';
import type { ClickTrack } from './signals/clicks';
import { readConsole } from './signals/console';
import { readCustom } from './signals/custom';
import type { NavigationTrack } from './signals/navigation';
import { readRequests, type RequestContext } from './signals/network';
import type { Signal } from './signals/signal';

/** Callbacks for what a window reports besides entries. */
export interface SessionSignals {
  /** The user left the window's tab, or returned to it. */
  noteTab: (isHere: boolean, at: number) => void;
  notePause: (isPaused: boolean, at: number) => void;
  /** Changes that could not be applied to the page. */
  noteMisfit: (at: number, count: number) => void;
}

/** The parts of a window's track that messages affect. */
interface WindowParts {
  emit: Emit;
  session: SessionSignals;
  search: ScopeSearch;
  pages: PageReader;
  clicks: ClickTrack;
  navigation: NavigationTrack;
  noteOtherPage: () => void;
  slowRequestMs: number;
}

/** Reads the events of recorders and platforms that are not about the DOM: console, requests, custom events, annotations. Has no state. */
export class WindowMessages {
  constructor(private readonly window: WindowParts) {}

  /** Takes the event of an rrweb plugin. */
  addPlugin(data: unknown, at: number, model: DomModel): void {
    if (!isRecord(data) || typeof data.plugin !== 'string') return;
    const name = data.plugin.split('@')[0];
    if (name === consolePlugin) this.addConsole(data.payload, at);
    else if (name === networkPlugin) this.addRequests(data.payload, at, model);
  }

  addConsole(payload: unknown, at: number): void {
    const logged = readConsole(payload, at);
    if (logged) this.window.emit(logged);
  }

  private addRequests(payload: unknown, at: number, model: DomModel): void {
    for (const { isCall, startedAt, isRefused, draft } of readRequests(payload, this.requestContext(at))) {
      if (isCall) this.window.clicks.answerByRequest(startedAt);
      if (isCall && isRefused) this.window.clicks.noteFailure(startedAt);
      if (draft) this.window.emit(draft);
    }
    if (!isRecord(payload) || payload.isInitial !== true || !this.window.navigation.addFirstRequests(model)) return;
    this.window.clicks.answer(at);
    this.window.noteOtherPage();
  }

  private requestContext(at: number): RequestContext {
    return { at, page: this.window.navigation.page, slowRequestMs: this.window.slowRequestMs };
  }

  /** Returns true if the event reports an action of the user. */
  addCustom(data: unknown, at: number, model: DomModel): boolean {
    if (!isRecord(data) || typeof data.tag !== 'string') return false;
    const signal = readCustom(data.tag, data.payload, this.requestContext(at));
    this.handle(signal, at, model);
    return signal.kind === 'click';
  }

  private handle(signal: Signal, at: number, model: DomModel): void {
    switch (signal.kind) {
      case 'draft':
        this.window.emit(signal.draft);
        break;
      case 'address':
        if (this.window.navigation.goTo(toAbsolute(signal.href, this.window.navigation.page), at, model)) {
          this.window.clicks.answer(at);
          this.window.noteOtherPage();
        }
        break;
      case 'call':
        this.window.clicks.answerByRequest(signal.startedAt);
        if (signal.draft?.kind === 'network-error') this.window.clicks.noteFailure(signal.startedAt);
        if (signal.draft) this.window.emit(signal.draft);
        break;
      case 'click':
        this.addJudgedClick(signal, at, model);
        break;
      case 'left':
      case 'came-back':
        this.window.clicks.answer(at);
        this.window.session.noteTab(signal.kind === 'came-back', at);
        break;
      case 'paused':
      case 'resumed':
        this.window.session.notePause(signal.kind === 'paused', at);
        break;
      case 'nothing':
        break;
    }
  }

  /** Emits a platform's verdict on a click if the click itself was not recorded. */
  private addJudgedClick(signal: Signal & { kind: 'click' }, at: number, model: DomModel): void {
    const { verdict, nodeId, count } = signal;
    if (this.window.clicks.hasClickNear(signal.at)) return;
    const node = model.get(nodeId);
    const subject = this.window.pages.click(node, node && findTarget(node, this.window.search));
    const rest = { at, verb: 'clicked' as const, ...subject };
    // Several clicks into a field or on a keypad are input.
    if (this.window.pages.isPrivate(node)) this.window.emit({ ...rest, kind: 'click', severity: 'info' });
    else if (verdict === 'dead') {
      this.window.emit({ ...rest, kind: 'dead-click', severity: 'warning' });
    } else if (verdict === 'rage') {
      this.window.emit({ ...rest, kind: 'rage-click', severity: 'warning', facts: { ...subject.facts, count } });
    } else this.window.emit({ ...rest, kind: 'click', severity: 'info' });
  }

  addAnnotation(data: unknown, at: number): void {
    if (!isRecord(data) || typeof data.text !== 'string') return;
    const text = toPlainLine(data.text);
    if (text) this.window.emit({ at, kind: 'custom', severity: 'info', verb: 'marked', quotes: { text } });
  }
}

function toAbsolute(address: string, page: string): string {
  return parseAddress(address, page)?.href ?? address;
}
