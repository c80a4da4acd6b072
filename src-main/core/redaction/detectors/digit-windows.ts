import { matchAll } from './match-all';

/** A piece of a text that contains digits, with the text around them. Detectors of numbers read only these pieces, of which most texts have few. */
export interface TextWindow {
  readonly text: string;
  /** Its offset in the complete text. */
  readonly at: number;
}

/**
 * Returns the windows of a text, which don't overlap. `before` and `after` are the numbers of characters around a digit that belong to its
 * window. Windows with fewer than `least` digits are left out.
 */
export function digitWindows(text: string, { before = 60, after = 60, least = 1 } = {}): TextWindow[] {
  const windows: TextWindow[] = [];
  let start = -1;
  let end = 0;
  let count = 0;
  const close = (): void => {
    if (start >= 0 && count >= least) windows.push({ text: text.slice(start, end), at: start });
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) continue;
    if (start < 0 || at - before > end) {
      close();
      start = Math.max(at - before, start < 0 ? 0 : end);
      count = 0;
    }
    end = Math.min(text.length, at + 1 + after);
    count++;
  }
  close();
  return windows;
}

export interface WindowMatch {
  readonly match: RegExpExecArray;
  readonly start: number;
  readonly end: number;
  readonly window: TextWindow;
}

/** Returns all matches of a global pattern in the windows. `start` and `end` are offsets in the complete text. */
export function matchWindows(windows: readonly TextWindow[], pattern: RegExp): WindowMatch[] {
  const found: WindowMatch[] = [];
  for (const window of windows)
    for (const match of matchAll(window.text, pattern)) {
      const start = window.at + match.index;
      found.push({ match, start, end: start + match[0].length, window });
    }
  return found;
}
