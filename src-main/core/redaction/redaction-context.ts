import type { Policy } from '../../contract/policy';
import { BoundedCache } from './bounded-cache';
import type { Entities } from './entities/entity';
import { createTextMask, type TextMask } from './mask-text';
import { createUrlMask, type UrlMask } from './mask-url';
import { NumberedNames } from './numbered-names';
import { createPageNames } from './page/page-names';
import { PageView } from './page/page-view';
import { createPrivateValues, noEntities, type PrivateValues } from './private-values/private-values';
import type { Pseudonyms } from './private-values/pseudonyms';
import { compileRegionRules } from './selectors/regions';
import type { SharedTexts } from './shared-texts';
import type { SideChannelRule } from './side-channel-rules';
import { StyleRedactor } from './style/sheet';
import { RedactionCounts } from './redaction-counts';
import { createAllowedWords, type AllowedWords } from './allowed-words';

/** What every part of one redaction works with: the same words, names and counts. */
export interface RedactionContext {
  policy: Policy;
  allowedWords: AllowedWords;
  values: PrivateValues;
  maskText: TextMask;
  maskUrl: UrlMask;
  names: NumberedNames;
  style: StyleRedactor;
  counts: RedactionCounts;
  /** Counts that nobody reads, for looking at what is there already. */
  silentCounts: RedactionCounts;
  /** Is this way of telling by the side closed? */
  closes: (rule: SideChannelRule) => boolean;
  /**
   * Are texts of which only allowed words stay read together with their neighbours, too? Only somebody's own patterns, or a floor, can hide
   * allowed words that are cut into nodes; and a text that many saw may be a piece of what one person is called.
   */
  joinsAdjacentTexts: boolean;
  /** May this whole text stay, but for what is found in it, since many people saw it? */
  isShared: (text: string) => boolean;
  /** The page at hand. */
  page: PageView;
}

export interface RedactionContextOptions {
  entities?: Entities | undefined;
  pseudonyms?: Pseudonyms | undefined;
  /** What many people saw; without it no text stays for that. */
  sharedTexts?: SharedTexts | undefined;
  /** Side rules that are left out, to see that each does something. */
  without?: readonly SideChannelRule[] | undefined;
}

/** The same addresses come again and again. */
function remembered(mask: UrlMask): UrlMask {
  const cache = new BoundedCache(2_000_000);
  return (address) => cache.get(address, mask);
}

/** Everything that the windows of a session share, and a way to a context for each of them. */
export function createRedactionContext(
  policy: Policy,
  options: RedactionContextOptions = {},
): RedactionContext & { forWindow(): RedactionContext } {
  const allowedWords = createAllowedWords(policy);
  const names = new NumberedNames();
  const counts = new RedactionCounts();
  const without = new Set(options.without);
  const closes = (rule: SideChannelRule): boolean => !without.has(rule);
  const { entities = noEntities, pseudonyms } = options;
  const sharedTexts = policy.sharedText === 'off' ? undefined : options.sharedTexts;
  const values = createPrivateValues(policy, { entities, pseudonyms, counts });
  const rules = compileRegionRules(policy);
  const newPage = (): PageView => new PageView({ rules, values, counts, closes });
  const context: RedactionContext = {
    policy,
    allowedWords,
    values,
    maskText: createTextMask(allowedWords, values, closes('bullets')),
    maskUrl: remembered(createUrlMask(allowedWords, policy.urls)),
    names,
    style: new StyleRedactor(createPageNames(names), counts),
    counts,
    silentCounts: new RedactionCounts(),
    closes,
    joinsAdjacentTexts: policy.patterns.length > 0 || policy.floor !== undefined || sharedTexts !== undefined,
    isShared: (text) => sharedTexts?.has(text) ?? false,
    page: newPage(),
  };
  return { ...context, forWindow: () => ({ ...context, page: newPage() }) };
}
