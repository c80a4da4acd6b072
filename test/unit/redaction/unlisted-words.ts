import {
  features,
  fontWords,
  isFunction,
  isKeyword,
  isProperty,
  pseudoClasses,
  pseudoElements,
  units,
} from '../../../src-main/core/redaction/style/css-vocabulary';
import { flatImage } from '../../../src-main/core/redaction/placeholders';
import { attributeRule } from '../../../src-main/core/redaction/page/attribute-rules';
import { isStandardTag } from '../../../src-main/core/redaction/page/element-names';
import { interfaceWords } from '../../../src-main/core/redaction/interface-words';

/** Field names and constants of redacted events. */
const constants = new Set(
  `windowId event type data timestamp node id childNodes tagName attributes textContent isStyle isSVG isCustom isShadow isShadowHost needBlock
  rootId compatMode BackCompat name publicId systemId initialOffset top left source texts value removes adds parentId nextId previousId
  isAttachIframe positions x y timeOffset pointerType width height text isChecked userTriggered muted loop volume playbackRate styleId
  styleIds styles rules rule index replace replaceSync set remove property priority important define plugin payload level trace requests
  isInitial method status startTime endTime duration transferSize encodedBodySize decodedBodySize entryType initiatorType tag href
  rrweb console network navigation resource xmlhttprequest fetch script css img link beacon other html custom timelineMarker caption
  rr_split woff2 window GET POST PUT PATCH DELETE HEAD OPTIONS log info warn error debug assert about blank seg http https invalid localhost
  W3C DTD HTML XHTML EN Transitional Strict
  http://www.w3.org/2000/svg www w3 org svg xhtml xlink MathML 1998 1999
  media not all supports container layer keyframes -webkit-keyframes -moz-keyframes starting-style and or of part slotted selector lang dir
  i s n url en var currentcolor`.split(/\s+/),
);
const ordinal = /^(?:[cipsnw]\d+|--v\d+|data-a\d+|x-e\d+|window-\d+|n\d+-(?:start|end))$/;
const number = /^[+-]?(?:\d{1,8}(?:\.\d{1,4})?|\d+(?:\.\d{1,4})?(?:e[+-]?\d+)?)$/;
const colour = /^#?(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const formula = /^-?\d*n$/;
const geometry = /^[\d\s.,eE+\-MmLlHhVvCcSsQqTtAaZz%]*$/;

function allowedValues(): Set<string> {
  const names =
    `type role aria-hidden aria-current aria-haspopup aria-invalid aria-live aria-relevant aria-orientation aria-sort
    aria-autocomplete dir method scope align charset rel as loading decoding contenteditable translate autocapitalize inputmode enterkeyhint
    autocomplete wrap popover target xmlns xml:space version rr_open_mode rr_mediaState gradientUnits spreadMethod lengthAdjust orient
    preserveAspectRatio mode`.split(/\s+/);
  const values = names.flatMap((name) => {
    const rule = attributeRule(name);
    return rule?.kind === 'words' ? [...rule.allowed] : [];
  });
  return new Set(values.flatMap((value) => [value, ...value.split(/[^\w-]+/)]));
}
const attributeValues = allowedValues();

function isAllowedWord(word: string, isWordAllowed: (word: string) => boolean): boolean {
  if (
    word === '' ||
    constants.has(word) ||
    ordinal.test(word) ||
    number.test(word) ||
    colour.test(word) ||
    formula.test(word)
  )
    return true;
  const lower = word.toLowerCase();
  if (isWordAllowed(lower) || attributeValues.has(word) || attributeRule(word) !== undefined || isStandardTag(lower))
    return true;
  if (isKeyword(lower) || isProperty(lower) || isFunction(lower) || fontWords.has(lower)) return true;
  const feature = lower.replace(/^(?:min|max)-/, '');
  if (features.has(feature) || pseudoClasses.has(lower) || pseudoElements.has(lower)) return true;
  const [, amount, unit = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-z]+)$/.exec(lower) ?? [];
  return amount !== undefined && units.has(unit);
}

/**
 * Returns the words of a redacted value that aren't on a list. Checks every string and every key. `hosts` are the registered names that URLs
 * keep.
 */
export function unlistedWords(
  value: unknown,
  { hosts = [], isWordAllowed = (word) => interfaceWords.has(word) }: UnlistedWordsOptions = {},
): string[] {
  const unlisted = new Set<string>();
  const seen = (text: string): void => {
    if (geometry.test(text)) return;
    const pieces = text
      .replace(/(?<=svg' )width='\d{1,5}' height='\d{1,5}'/, "width='32' height='32'")
      .replace(flatImage, '')
      .replaceAll('\\n', ' ')
      .replaceAll('’', "'");
    for (const piece of pieces.split(/[\s:;,(){}[\]"`<>=/\\@!?*|~^$&•…·×→✓✕©®™“”‘«»€£.#+%]+/u)) {
      const plain = piece.replace(/^[-–—']+(?=[^-v\d])|[-–—']+$/g, '');
      const candidates = [piece, plain];
      if (candidates.some((word) => isAllowedWord(word, isWordAllowed) || hosts.includes(word))) continue;
      if (plain.split(/[-–—_]/).every((part) => isAllowedWord(part, isWordAllowed))) continue;
      unlisted.add(piece);
    }
  };
  const walk = (item: unknown): void => {
    if (typeof item === 'string') seen(item);
    else if (Array.isArray(item)) item.forEach(walk);
    else if (typeof item === 'object' && item !== null) {
      for (const [key, entry] of Object.entries(item)) {
        seen(key);
        walk(entry);
      }
    }
  };
  walk(value);
  return [...unlisted];
}

interface UnlistedWordsOptions {
  hosts?: readonly string[];
  isWordAllowed?: (word: string) => boolean;
}
