import type { Policy } from '../../contract/policy';
import { BoundedCache } from './bounded-cache';
import type { Entities } from './entities/entity';
import { createTextMask, type TextMask } from './mask-text';
import { createUrlMask, type UrlMask } from './mask-url';
import { Ordinals } from './ordinals';
import { createPageNames } from './page/page-names';
import { PageView } from './page/page-view';
import { createPrivateValues, noEntities, type PrivateValues } from './private-values/private-values';
import type { Pseudonyms } from './private-values/pseudonyms';
import { compileRegionRules } from './selectors/regions';
import type { SharedTexts } from './shared-texts';
import type { SideRule } from './side-channel-rules';
import { StyleRedactor } from './style/sheet';
import { Tally } from './redaction-counts';
import { createWords, type Words } from './words';

/** What every part of one redaction works with: the same words, names and counts. */
export interface Kit {
  policy: Policy;
  words: Words;
  values: PrivateValues;
  maskText: TextMask;
  maskUrl: UrlMask;
  names: Ordinals;
  style: StyleRedactor;
  tally: Tally;
  /** Counts that nobody reads, for looking at what is there already. */
  silent: Tally;
  /** Is this way of telling by the side closed? */
  closes: (rule: SideRule) => boolean;
  /**
   * Are texts of which only allowed words stay read together with their neighbours, too? Only somebody's own patterns, or a floor, can hide
   * allowed words that are cut into nodes; and a text that many saw may be a piece of what one person is called.
   */
  readsTogether: boolean;
  /** May this whole text stay, but for what is found in it, since many people saw it? */
  isShared: (text: string) => boolean;
  /** The page at hand. */
  page: PageView;
}

export interface KitOptions {
  entities?: Entities | undefined;
  pseudonyms?: Pseudonyms | undefined;
  /** What many people saw; without it no text stays for that. */
  sharedTexts?: SharedTexts | undefined;
  /** Side rules that are left out, to see that each does something. */
  without?: readonly SideRule[] | undefined;
}

/** The same addresses come again and again. */
function remembered(mask: UrlMask): UrlMask {
  const cache = new BoundedCache(2_000_000);
  return (address) => cache.get(address, mask);
}

/** Everything that the windows of a session share, and a way to a kit for each of them. */
export function createKit(policy: Policy, options: KitOptions = {}): Kit & { forWindow(): Kit } {
  const words = createWords(policy);
  const names = new Ordinals();
  const tally = new Tally();
  const without = new Set(options.without);
  const closes = (rule: SideRule): boolean => !without.has(rule);
  const { entities = noEntities, pseudonyms } = options;
  const sharedTexts = policy.sharedText === 'off' ? undefined : options.sharedTexts;
  const values = createPrivateValues(policy, { entities, pseudonyms, tally });
  const rules = compileRegionRules(policy);
  const newPage = (): PageView => new PageView({ rules, values, tally, closes });
  const kit: Kit = {
    policy,
    words,
    values,
    maskText: createTextMask(words, values, closes('bullets')),
    maskUrl: remembered(createUrlMask(words, policy.urls)),
    names,
    style: new StyleRedactor(createPageNames(names), tally),
    tally,
    silent: new Tally(),
    closes,
    readsTogether: policy.patterns.length > 0 || policy.floor !== undefined || sharedTexts !== undefined,
    isShared: (text) => sharedTexts?.has(text) ?? false,
    page: newPage(),
  };
  return { ...kit, forWindow: () => ({ ...kit, page: newPage() }) };
}
