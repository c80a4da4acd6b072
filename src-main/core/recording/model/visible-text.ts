import { toPlainLine } from '../../text/plain-line';
import type { DomModel } from './dom-model';
import type { TextEntry } from './text-entry';
import { WindowTexts } from './window-texts';

/** A distinct text of a page on one line, and the times when it was visible. It never includes field values. */
export interface VisibleText {
  windowId: string;
  text: string;
  /** Start and end by the recorder's clock, in order. */
  spans: [fromMs: number, toMs: number][];
}

/** The state from which a track continues later, as plain JSON. */
export interface TextState {
  atMs: number;
  texts: VisibleText[];
}

/** Limits for an entire session. Searches can't find text beyond them. */
export interface TextLimits {
  texts: number;
  characters: number;
  spans: number;
}

const usualLimits: TextLimits = { texts: 20_000, characters: 300, spans: 8 };

/**
 * Tracks the texts that were visible on the pages of a session, and when. It follows the models of all windows. A text counts as visible
 * if no element around it hides it directly (`hidden`, or `display: none` in its own style); style sheets are ignored.
 */
export class TextTrack {
  private readonly windows = new Map<string, Map<string, TextEntry>>();
  private readonly limits: TextLimits;
  private atMs = 0;
  private count = 0;

  constructor(resume?: TextState, limits: Partial<TextLimits> = {}) {
    this.limits = { ...usualLimits, ...limits };
    this.atMs = resume?.atMs ?? 0;
    for (const { windowId, text, spans } of resume?.texts ?? []) {
      const entry = { text, spans: spans.map(([from, to]): [number, number] => [from, to]), shownBy: 0, sinceMs: 0 };
      this.textsOf(windowId).set(text, entry);
      this.count++;
    }
  }

  /** Follows a window from now on. It may already have a page. */
  follow(windowId: string, model: DomModel): void {
    const texts = this.textsOf(windowId);
    model.watch(
      new WindowTexts(
        (text) => this.show(texts, text),
        (entry) => {
          this.hide(texts, entry);
        },
      ),
    );
  }

  /** Sets the current time, ms by the recorder's clock. Call before each event is applied. Earlier times are ignored. */
  now(atMs: number): void {
    if (atMs > this.atMs) this.atMs = atMs;
  }

  save(): TextState {
    return { atMs: this.atMs, texts: this.finish() };
  }

  /** Returns all texts. Texts that are still visible end at the current time. */
  finish(): VisibleText[] {
    const found: VisibleText[] = [];
    for (const [windowId, texts] of this.windows) {
      for (const { text, spans, shownBy, sinceMs } of texts.values()) {
        const closed = spans.map(([from, to]): [number, number] => [from, to]);
        if (shownBy > 0) this.addSpan(closed, sinceMs);
        if (closed.length > 0) found.push({ windowId, text, spans: closed });
      }
    }
    return found;
  }

  private textsOf(windowId: string): Map<string, TextEntry> {
    let texts = this.windows.get(windowId);
    if (!texts) this.windows.set(windowId, (texts = new Map<string, TextEntry>()));
    return texts;
  }

  private show(texts: Map<string, TextEntry>, raw: string): TextEntry | undefined {
    const text = toPlainLine(raw, this.limits.characters);
    if (text === '') return undefined;
    let entry = texts.get(text);
    if (!entry) {
      if (this.count >= this.limits.texts) return undefined;
      this.count++;
      texts.set(text, (entry = { text, spans: [], shownBy: 0, sinceMs: 0 }));
    }
    if (entry.shownBy++ > 0) return entry;
    // A text that is removed and added again at the same time was visible throughout.
    const last = entry.spans[entry.spans.length - 1];
    const isSame = last !== undefined && last[1] >= this.atMs;
    entry.sinceMs = isSame ? last[0] : this.atMs;
    if (isSame) entry.spans.pop();
    return entry;
  }

  private hide(texts: Map<string, TextEntry>, entry: TextEntry): void {
    if (--entry.shownBy > 0) return;
    if (entry.sinceMs < this.atMs) this.addSpan(entry.spans, entry.sinceMs);
    else if (entry.spans.length === 0) {
      // It appeared and disappeared at the same time.
      texts.delete(entry.text);
      this.count--;
    }
  }

  /** Beyond the limit, the last span is extended over the gaps. */
  private addSpan(spans: [number, number][], fromMs: number): void {
    const last = spans[spans.length - 1];
    if (last && spans.length >= this.limits.spans) last[1] = this.atMs;
    else spans.push([fromMs, this.atMs]);
  }
}
