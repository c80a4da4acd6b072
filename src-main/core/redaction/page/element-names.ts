import type { NumberedNames } from '../numbered-names';

/** Element names of HTML, in lower case as recorders write them. */
const standardTags: ReadonlySet<string> = new Set(
  `a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption
  center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed fencedframe fieldset
  figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd
  keygen label legend li link listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes
  noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script search
  section select selectedcontent shadow slot small source spacer span strike strong style sub summary sup table tbody td template textarea
  tfoot th thead time title tr track tt u ul var video wbr xmp`.split(/\s+/),
);

/** Element names of SVG and MathML, in lower case. */
const drawingTags: ReadonlySet<string> = new Set(
  `altglyph altglyphdef altglyphitem animate animatecolor animatemotion animatetransform circle clippath color-profile cursor defs desc
  discard ellipse feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight
  fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight
  fespecularlighting fespotlight fetile feturbulence filter font-face font-face-format font-face-name font-face-src font-face-uri
  foreignobject g glyph glyphref hatch hatchpath hkern line lineargradient marker mask mesh meshgradient meshpatch meshrow metadata
  missing-glyph mpath path pattern polygon polyline radialgradient rect set solidcolor stop svg switch symbol text textpath tref tspan
  unknown use view vkern
  annotation annotation-xml maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms
  mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics`.split(/\s+/),
);

export function isStandardTag(tag: string): boolean {
  return standardTags.has(tag) || drawingTags.has(tag);
}

/** Returns whether elements of this name are parts of drawings or formulas, whose geometry is in attributes. */
export function isDrawingTag(tag: string): boolean {
  return drawingTags.has(tag);
}

/** Returns whether this is the name of a custom element. `tag` must be lower case. */
export function isCustomTag(tag: string): boolean {
  return tag.includes('-') && !isStandardTag(tag);
}

/** Returns the exported name of an element: a standard name is unchanged, any other becomes a number. */
export function nameTag(tag: string, names: NumberedNames): string {
  return isStandardTag(tag) ? tag : names.rename('element', tag);
}

/** Elements whose text is code or an invisible fallback. */
export const unseenTextTags: ReadonlySet<string> = new Set([
  'script',
  'noscript',
  'noembed',
  'noframes',
  'xmp',
  'plaintext',
  'metadata',
]);

/** Elements whose text is a value that the user typed or can choose. */
export const valueTextTags: ReadonlySet<string> = new Set([
  'textarea',
  'select',
  'optgroup',
  'option',
  'datalist',
  'output',
]);

/** The public ids of doctypes that change a page's layout. Any other id is left out. */
export const knownPublicIds: ReadonlySet<string> = new Set([
  '-//W3C//DTD HTML 4.01//EN',
  '-//W3C//DTD HTML 4.01 Transitional//EN',
  '-//W3C//DTD XHTML 1.0 Strict//EN',
  '-//W3C//DTD XHTML 1.0 Transitional//EN',
]);
