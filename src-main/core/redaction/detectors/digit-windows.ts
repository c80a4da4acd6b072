import { matchAll } from './match-all';

/** Pieces of a text that hold digits, with what stands around them. Most text has few, and only they are read by detectors of numbers. */
export interface TextWindow {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
}

/**
 * `before` and `after`: how many characters around a digit are read with it. `least`: windows with fewer digits are left out.
 * Windows don't overlap. A window ends at a character that no detector reads across, or where no digit is near.
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

/** Each match of a global pattern in each window, at its place in the whole text. */
export function matchWindows(windows: readonly TextWindow[], pattern: RegExp): WindowMatch[] {
  const found: WindowMatch[] = [];
  for (const window of windows)
    for (const match of matchAll(window.text, pattern)) {
      const start = window.at + match.index;
      found.push({ match, start, end: start + match[0].length, window });
    }
  return found;
}
