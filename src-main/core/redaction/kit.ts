import type { Policy } from '../../contract/policy';
import { createTextMask, type TextMask } from './mask-text';
import { createUrlMask, type UrlMask } from './mask-url';
import { Ordinals } from './ordinals';
import { createPageNames } from './page/page-names';
import { StyleRedactor } from './style/sheet';
import { Tally } from './tally';
import { createWords, type Words } from './words';

/** What every part of one redaction works with: the same words, names and counts. */
export interface Kit {
  words: Words;
  maskText: TextMask;
  maskUrl: UrlMask;
  names: Ordinals;
  style: StyleRedactor;
  tally: Tally;
  /** Counts that nobody reads, for looking at what is there already. */
  silent: Tally;
}

export function createKit(policy: Policy): Kit {
  const words = createWords(policy);
  const names = new Ordinals();
  const tally = new Tally();
  const style = new StyleRedactor(createPageNames(names), tally);
  return {
    words,
    maskText: createTextMask(words),
    maskUrl: createUrlMask(words),
    names,
    style,
    tally,
    silent: new Tally(),
  };
}
