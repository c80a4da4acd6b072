import type { Policy } from '../../contract/policy';
import { BoundedCache } from './bounded-cache';
import { createExportedTime, type ExportedTime } from './exported-time';
import type { Entities } from './entities/entity';
import { createTextMask, type TextMask } from './mask-text';
import { createUrlMask, type UrlMask } from './mask-url';
import { NumberedNames } from './numbered-names';
import { createPageNames } from './page/page-names';
import { PageView } from './page/page-view';
import { createPrivateValues, noEntities, type PrivateValues } from './private-values/private-values';
import type { Pseudonyms } from './private-values/pseudonyms';
import { createScrub, type Scrub } from './scrub';
import { compileRegionRules } from './selectors/regions';
import type { SharedTexts } from './shared-texts';
import type { SideChannelRule } from './side-channel-rules';
import { StyleRedactor } from './style/sheet';
import { RedactionCounts } from './redaction-counts';
import { createAllowedWords, type AllowedWords } from './allowed-words';

/** State that all parts of one redaction share. */
export interface RedactionContext {
  policy: Policy;
  allowedWords: AllowedWords;
  values: PrivateValues;
  maskText: TextMask;
  maskUrl: UrlMask;
  names: NumberedNames;
  style: StyleRedactor;
  counts: RedactionCounts;
  scrub: Scrub;
  /** The same context with counts that are never reported, for computing how a node was written before. */
  silent: RedactionContext;
  /** Returns the moment of the export that stands for a moment of the recording. */
  exportedTime: ExportedTime;
  /** Returns whether this side channel is closed. */
  closes: (rule: SideChannelRule) => boolean;
  /**
   * True if texts outside of `unmask` elements are also read together with their neighbours. Only a policy's own patterns or a minimum policy
   * can hide allowed words that are split into nodes, and a text that many users saw may be part of one person's name.
   */
  joinsAdjacentTexts: boolean;
  /** Returns whether many users saw this text, so that it may stay except for detected values. */
  isShared: (text: string) => boolean;
  /** The page of one browser tab. */
  page: PageView;
}

export interface RedactionContextOptions {
  /** Wall clock of the session's first event, ms. */
  startedAt?: number | undefined;
  entities?: Entities | undefined;
  pseudonyms?: Pseudonyms | undefined;
  /** Texts that many users saw. Without them no text stays for that reason. */
  sharedTexts?: SharedTexts | undefined;
  /** Side channels that stay open, for the tests that show that each rule is needed. */
  without?: readonly SideChannelRule[] | undefined;
}

/** Recordings repeat the same few addresses. */
function cached(mask: UrlMask): UrlMask {
  const cache = new BoundedCache(2_000_000);
  return (address) => cache.get(address, mask);
}

/** Creates the context of a session. `forWindow` returns the context of one of its tabs, with a page of its own. */
export function createRedactionContext(
  policy: Policy,
  options: RedactionContextOptions = {},
): RedactionContext & { forWindow(windowId: string): RedactionContext } {
  const allowedWords = createAllowedWords(policy);
  const names = new NumberedNames();
  const counts = new RedactionCounts();
  const without = new Set(options.without);
  const closes = (rule: SideChannelRule): boolean => !without.has(rule);
  const { entities = noEntities, pseudonyms } = options;
  const sharedTexts = policy.sharedText === 'off' ? undefined : options.sharedTexts;
  const values = createPrivateValues(policy, { entities, pseudonyms, counts });
  const scrub = createScrub(entities, counts);
  const maskUrl = createUrlMask(allowedWords, policy.urls);
  const rules = compileRegionRules(policy);
  const keepsTexts = policy.unmask.length > 0;
  const newPage = (windowId: string): PageView =>
    new PageView({ rules, values, counts, closes, keepsTexts, pickers: entities.pickers?.get(windowId) });
  const context: Omit<RedactionContext, 'page' | 'silent'> = {
    policy,
    allowedWords,
    values,
    maskText: createTextMask(allowedWords, values, closes('bullets')),
    maskUrl: cached((address) => scrub.text(maskUrl(address))),
    names,
    style: new StyleRedactor(createPageNames(names), counts),
    counts,
    scrub,
    exportedTime: createExportedTime(policy, options.startedAt ?? 0),
    closes,
    joinsAdjacentTexts: policy.patterns.length > 0 || policy.floor !== undefined || sharedTexts !== undefined,
    isShared: (text) => sharedTexts?.has(text) ?? false,
  };
  const silentCounts = new RedactionCounts();
  const forWindow = (windowId: string): RedactionContext => {
    const page = newPage(windowId);
    const silent: RedactionContext = {
      ...context,
      page,
      counts: silentCounts,
      get silent() {
        return silent;
      },
    };
    return { ...context, page, silent };
  };
  return Object.assign(forWindow(''), { forWindow });
}
