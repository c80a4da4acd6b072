/** The rule for exporting an attribute, by its name. Attributes without a rule are dropped; those of an author's own get numbered names. */
export type AttributeRule =
  | { kind: 'words'; allowed: ReadonlySet<string> }
  | { kind: 'flag' }
  | { kind: 'length' }
  | { kind: 'geometry' }
  | { kind: 'drawn-length' }
  | { kind: 'presentation'; property: string }
  | { kind: 'text' }
  | { kind: 'ids' }
  | { kind: 'classes' }
  | { kind: 'parts' }
  | { kind: 'export-parts' }
  | { kind: 'slot' }
  | { kind: 'slot-name' }
  | { kind: 'style' }
  | { kind: 'sheet' }
  | { kind: 'media' }
  | { kind: 'language' }
  | { kind: 'value' }
  | { kind: 'label' }
  | { kind: 'link' }
  | { kind: 'image' }
  | { kind: 'selected' }
  | { kind: 'empty' }
  | { kind: 'dropped' };

const split = (text: string): string[] => text.trim().split(/\s+/);

const rules = new Map<string, AttributeRule>();

function give(names: string, rule: AttributeRule): void {
  for (const name of split(names)) rules.set(name, rule);
}

function giveWords(names: string, words: string): void {
  give(names, { kind: 'words', allowed: new Set(['', ...split(words)]) });
}

const yesNo = 'true false';

giveWords(
  'type',
  `text password email tel url search number range date month week time datetime-local color file hidden checkbox radio submit button reset
  image menu module text/css text/javascript image/svg+xml application/json application/ld+json 1 a A i I disc circle square matrix
  saturate hueRotate luminanceToAlpha translate scale rotate skewX skewY fractalNoise turbulence identity table discrete linear gamma`,
);
giveWords(
  'role',
  `alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary contentinfo
  definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading img image insertion link list
  listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph
  presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status
  strong subscript superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem`,
);
giveWords(
  'aria-hidden aria-expanded aria-pressed aria-atomic aria-busy aria-disabled aria-modal aria-multiline aria-multiselectable aria-readonly aria-required aria-grabbed',
  `${yesNo} mixed undefined`,
);
giveWords('aria-current', `${yesNo} page step location date time`);
giveWords('aria-haspopup', `${yesNo} menu listbox tree grid dialog`);
giveWords('aria-invalid', `${yesNo} grammar spelling`);
giveWords('aria-live', 'off polite assertive');
giveWords('aria-relevant', 'additions removals text all');
giveWords('aria-orientation', 'horizontal vertical undefined');
giveWords('aria-sort', 'none ascending descending other');
giveWords('aria-autocomplete', 'inline list both none');
giveWords('dir', 'ltr rtl auto');
giveWords('method formmethod', 'get post dialog GET POST');
giveWords('scope', 'row col rowgroup colgroup');
giveWords('align valign', 'left right center justify char top middle bottom baseline absmiddle texttop');
giveWords('charset', 'utf-8 UTF-8');
giveWords(
  'rel',
  'stylesheet preload modulepreload prefetch icon alternate noopener noreferrer nofollow external next prev',
);
giveWords('as', 'script style font image fetch document');
giveWords('loading', 'lazy eager');
giveWords('decoding', 'async sync auto');
giveWords('spellcheck draggable', `${yesNo} auto`);
giveWords('contenteditable', `${yesNo} plaintext-only inherit`);
giveWords('translate', 'yes no');
giveWords('autocapitalize', 'on off none sentences words characters');
giveWords('inputmode', 'none text decimal numeric tel search email url');
giveWords('enterkeyhint', 'enter done go next previous search send');
giveWords(
  'autocomplete',
  `on off name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password current-password
  one-time-code organization-title organization street-address address-line1 address-line2 address-line3 address-level1 address-level2
  address-level3 address-level4 country country-name postal-code cc-name cc-given-name cc-family-name cc-number cc-exp cc-exp-month
  cc-exp-year cc-csc cc-type transaction-currency transaction-amount language bday bday-day bday-month bday-year sex tel email url
  shipping billing home work mobile`,
);
giveWords('wrap', 'soft hard off');
giveWords('popover popovertargetaction', 'auto manual hint toggle show hide');
giveWords('target', '_blank _self _parent _top');
giveWords(
  'xmlns xmlns:xlink',
  'http://www.w3.org/2000/svg http://www.w3.org/1999/xhtml http://www.w3.org/1998/Math/MathML http://www.w3.org/1999/xlink',
);
giveWords('xml:space', 'preserve default');
giveWords('version', '1.0 1.1 2.0');
giveWords('rr_open_mode', 'modal non-modal');
giveWords('rr_mediaState', 'played paused');
giveWords(
  'gradientUnits clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits filterUnits primitiveUnits markerUnits',
  'userSpaceOnUse objectBoundingBox strokeWidth',
);
giveWords('spreadMethod', 'pad reflect repeat');
giveWords('lengthAdjust', 'spacing spacingAndGlyphs');
giveWords('orient', 'auto auto-start-reverse');
giveWords(
  'preserveAspectRatio',
  'none meet slice xMinYMin xMidYMin xMaxYMin xMinYMid xMidYMid xMaxYMid xMinYMax xMidYMax xMaxYMax',
);
giveWords('mode', 'open closed normal multiply screen darken lighten over in out atop xor arithmetic');

give(
  `hidden disabled open readonly required multiple novalidate inert reversed controls loop muted playsinline nowrap default ismap
  formnovalidate autofocus rr_mediaMuted rr_mediaLoop`,
  { kind: 'flag' },
);
give(
  `tabindex colspan rowspan rows cols size span start border cellpadding cellspacing hspace vspace width height rr_width rr_height rr_scrollLeft
  rr_scrollTop rr_mediaPlaybackRate rr_mediaVolume aria-level aria-posinset aria-setsize aria-colcount aria-colindex aria-colspan
  aria-rowcount aria-rowindex aria-rowspan`,
  { kind: 'length' },
);
// Numbers and lists of numbers are allowed in drawings only. Elsewhere they can be a card number, a date or a coordinate.
give(
  `x1 x2 y1 y2 cx cy fx fy r rx ry offset pathLength textLength refX refY markerWidth markerHeight numOctaves seed radius k1 k2 k3 k4 divisor bias surfaceScale specularConstant specularExponent diffuseConstant azimuth elevation
  limitingConeAngle slope intercept amplitude exponent startOffset`,
  { kind: 'drawn-length' },
);
give('viewBox d points x y dx dy stdDeviation baseFrequency order kernelMatrix rotate values tableValues', {
  kind: 'geometry',
});
for (const property of split(`fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-opacity stroke-width opacity color stop-color stop-opacity flood-color flood-opacity lighting-color clip-path
  clip-rule mask filter transform text-anchor dominant-baseline alignment-baseline baseline-shift font-family font-size font-style
  font-weight font-variant letter-spacing word-spacing display visibility overflow pointer-events marker-start marker-mid marker-end
  paint-order vector-effect shape-rendering image-rendering text-rendering color-interpolation color-interpolation-filters
  text-decoration mix-blend-mode writing-mode`)) {
  give(property, { kind: 'presentation', property });
}
give('gradientTransform patternTransform', { kind: 'presentation', property: 'transform' });
give('bgcolor', { kind: 'presentation', property: 'background-color' });

give(
  'title alt placeholder aria-label aria-description aria-roledescription aria-placeholder aria-valuetext summary standby abbr',
  { kind: 'text' },
);
give(
  `id for aria-labelledby aria-describedby aria-controls aria-owns aria-activedescendant aria-details aria-errormessage aria-flowto headers
  list form popovertarget commandfor`,
  { kind: 'ids' },
);
give('class', { kind: 'classes' });
give('part', { kind: 'parts' });
give('exportparts', { kind: 'export-parts' });
give('slot', { kind: 'slot' });
give('name', { kind: 'slot-name' });
give('style', { kind: 'style' });
give('_cssText', { kind: 'sheet' });
give('media', { kind: 'media' });
give('lang xml:lang', { kind: 'language' });
give('value', { kind: 'value' });
give('label', { kind: 'label' });
give('href xlink:href', { kind: 'link' });
give('src rr_dataURL', { kind: 'image' });
give('aria-selected', { kind: 'selected' });
// Says that a click on the link saves a file, whose name is its value.
give('download', { kind: 'empty' });
// Dropped even on custom elements, where other unknown names are replaced by numbers.
give(
  `checked selected aria-checked aria-valuenow aria-valuemin aria-valuemax srcset srcdoc poster action formaction content rr_src rr_mediaCurrentTime
  data cite ping http-equiv nonce integrity datetime background`,
  { kind: 'dropped' },
);

export function attributeRule(name: string): AttributeRule | undefined {
  return rules.get(name);
}
