import { definitionSyntax, lexer, type DSNode } from 'css-tree';

/** CSS's own words, lower case: from css-tree's grammar, and from short lists where the grammar has none. */

interface Grammar {
  types: Record<string, DSNode | null>;
  properties: Record<string, DSNode | null>;
}

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const grammar = lexer.dump(true) as Grammar;
const grammarKeywords = new Set<string>();
const grammarFunctions = new Set<string>();
for (const syntax of [...Object.values(grammar.types), ...Object.values(grammar.properties)]) {
  if (!syntax) continue;
  definitionSyntax.walk(syntax, (node) => {
    if (node.type === 'Keyword') grammarKeywords.add(node.name.toLowerCase());
    if (node.type === 'Function') grammarFunctions.add(node.name.toLowerCase());
  });
}
const grammarProperties = new Set(Object.keys(grammar.properties));

const colours = new Set<string>();
const namedColour = grammar.types['named-color'];
if (namedColour)
  definitionSyntax.walk(namedColour, (node) => {
    if (node.type === 'Keyword') colours.add(node.name.toLowerCase());
  });

/** Returns whether this is the name of a colour. `name` must be lower case. */
export function isColour(name: string): boolean {
  return colours.has(name);
}

const moreKeywords =
  list(`inherit initial unset revert revert-layer auto none normal true false safe-area-inset-top safe-area-inset-right
  safe-area-inset-bottom safe-area-inset-left and or not only all screen print speech portrait landscape dark light reduce
  no-preference active hover coarse fine standalone browser fullscreen minimal-ui more less custom high low infinite srgb p3 rec2020
  inverted enabled interlace progressive slow fast from to ltr rtl even odd`);

const vendorPrefix = /^-(?:webkit|moz|ms|o)-/;

/** Returns whether this is one of CSS's own keywords or property names. `name` must be lower case. */
export function isKeyword(name: string): boolean {
  return isPlainKeyword(name) || (name.startsWith('-') && isPlainKeyword(name.replace(vendorPrefix, '')));
}

function isPlainKeyword(name: string): boolean {
  return grammarKeywords.has(name) || moreKeywords.has(name) || grammarProperties.has(name);
}

/** Properties that name a resource or run code. */
const refusedProperties = list('src behavior -moz-binding');

export function isProperty(name: string): boolean {
  if (refusedProperties.has(name)) return false;
  return grammarProperties.has(name) || grammarProperties.has(name.replace(vendorPrefix, ''));
}

/** Functions that load a resource or read content of the page. */
const refusedFunctions =
  list(`url src image image-set cross-fade element attr paint expression leader symbols target-counter
  target-counters target-text string type selector stylistic styleset character-variant swash ornaments annotation`);

export function isFunction(name: string): boolean {
  const base = name.replace(vendorPrefix, '');
  return !refusedFunctions.has(base) && (grammarFunctions.has(name) || grammarFunctions.has(base));
}

/** Returns whether this function yields an image or a text that must not be exported. It is replaced by a plain value. */
export function isRefusedFunction(name: string): boolean {
  return refusedFunctions.has(name.replace(vendorPrefix, ''));
}

export const units =
  list(`px em rem ex rex ch rch cap rcap ic ric lh rlh vw vh vi vb vmin vmax svw svh svi svb svmin svmax lvw lvh lvi lvb
  lvmin lvmax dvw dvh dvi dvb dvmin dvmax cqw cqh cqi cqb cqmin cqmax cm mm q in pt pc deg grad rad turn s ms hz khz dpi dpcm dppx x fr db st`);

export const pseudoClasses =
  list(`active any-link autofill before after first-line first-letter blank buffering checked current default
  defined dir disabled empty enabled first first-child first-of-type focus focus-visible focus-within fullscreen future has host
  host-context hover in-range indeterminate invalid is lang last-child last-of-type left link local-link modal muted not nth-child
  nth-col nth-last-child nth-last-col nth-last-of-type nth-of-type only-child only-of-type open optional out-of-range past paused
  picture-in-picture placeholder-shown playing popover-open read-only read-write required right root scope seeking stalled target
  target-within user-invalid user-valid valid visited volume-locked where -webkit-autofill -webkit-any -webkit-any-link -moz-any
  -moz-any-link -moz-focusring -moz-ui-invalid -moz-placeholder -ms-input-placeholder -moz-focus-inner -webkit-full-screen
  -moz-full-screen -ms-fullscreen`);

export const pseudoElements =
  list(`after backdrop before cue details-content file-selector-button first-letter first-line grammar-error
  marker placeholder selection spelling-error target-text -webkit-scrollbar -webkit-scrollbar-button -webkit-scrollbar-corner
  -webkit-scrollbar-thumb -webkit-scrollbar-track -webkit-scrollbar-track-piece -webkit-resizer -webkit-input-placeholder
  -webkit-search-cancel-button -webkit-search-decoration -webkit-search-results-button -webkit-search-results-decoration
  -webkit-inner-spin-button -webkit-outer-spin-button -webkit-file-upload-button -webkit-slider-runnable-track -webkit-slider-thumb
  -webkit-progress-bar -webkit-progress-value -webkit-progress-inner-element -webkit-meter-bar -webkit-meter-optimum-value
  -webkit-meter-suboptimum-value -webkit-meter-even-less-good-value -webkit-meter-inner-element -webkit-calendar-picker-indicator
  -webkit-clear-button -webkit-color-swatch -webkit-color-swatch-wrapper -webkit-date-and-time-value -webkit-datetime-edit
  -webkit-datetime-edit-fields-wrapper -webkit-datetime-edit-text -webkit-datetime-edit-year-field -webkit-datetime-edit-month-field
  -webkit-datetime-edit-day-field -webkit-datetime-edit-hour-field -webkit-datetime-edit-minute-field
  -webkit-datetime-edit-second-field -webkit-datetime-edit-millisecond-field -webkit-datetime-edit-meridiem-field
  -webkit-details-marker -webkit-media-controls -moz-focus-inner -moz-focus-outer -moz-placeholder -moz-selection -moz-range-thumb
  -moz-range-track -moz-range-progress -moz-progress-bar -moz-color-swatch -moz-list-bullet -moz-list-number -ms-backdrop -ms-browse
  -ms-check -ms-clear -ms-expand -ms-fill -ms-reveal -ms-thumb -ms-ticks-after -ms-ticks-before -ms-tooltip -ms-track -ms-value`);

export const features =
  list(`any-hover any-pointer aspect-ratio block-size color color-gamut color-index display-mode dynamic-range
  forced-colors grid height hover inline-size inverted-colors monochrome orientation overflow-block overflow-inline pointer
  prefers-color-scheme prefers-contrast prefers-reduced-data prefers-reduced-motion prefers-reduced-transparency resolution scan
  scripting update video-dynamic-range width device-width device-height device-aspect-ratio device-pixel-ratio -webkit-device-pixel-ratio
  -webkit-transform-3d high-contrast`);

export function isFeature(name: string): boolean {
  return features.has(name) || features.has(name.replace(/^(-webkit-)?(?:min|max)-/, '$1'));
}

/** Font families that ship with operating systems. Every other family name is the author's. */
export const fontFamilies =
  list(`arial helvetica helvetica-neue segoe-ui roboto oxygen ubuntu cantarell noto-sans liberation-sans
  dejavu-sans georgia times times-new-roman courier courier-new menlo monaco consolas sfmono-regular liberation-mono verdana tahoma
  trebuchet-ms lucida-grande system-ui sans-serif serif monospace cursive fantasy emoji math ui-sans-serif ui-serif ui-monospace
  ui-rounded -apple-system blinkmacsystemfont apple-color-emoji segoe-ui-emoji segoe-ui-symbol noto-color-emoji`);

/** The single words of those names, as CSS contains them without quotes. */
export const fontWords: ReadonlySet<string> = new Set(
  [...fontFamilies].flatMap((family) => [family, ...family.split('-')]),
);
