/**
 * Property names and keywords of CSS. From mdn-data (CC0), with the names of colours from the CSS Color Module.
 * Every export with a page holds many of them, so finding one proves nothing.
 */

const cssProperties: ReadonlySet<string> = new Set(
  `
  -moz-appearance -moz-binding -moz-border-bottom-colors -moz-border-left-colors -moz-border-right-colors -moz-border-top-colors
  -moz-context-properties -moz-float-edge -moz-force-broken-image-icon -moz-orient -moz-outline-radius -moz-outline-radius-bottomleft
  -moz-outline-radius-bottomright -moz-outline-radius-topleft -moz-outline-radius-topright -moz-stack-sizing -moz-text-blink
  -moz-user-focus -moz-user-input -moz-user-modify -moz-window-dragging -moz-window-shadow -ms-accelerator -ms-block-progression
  -ms-content-zoom-chaining -ms-content-zoom-limit -ms-content-zoom-limit-max -ms-content-zoom-limit-min -ms-content-zoom-snap
  -ms-content-zoom-snap-points -ms-content-zoom-snap-type -ms-content-zooming -ms-filter -ms-flow-from -ms-flow-into -ms-grid-columns
  -ms-grid-rows -ms-high-contrast-adjust -ms-hyphenate-limit-chars -ms-hyphenate-limit-lines -ms-hyphenate-limit-zone -ms-ime-align
  -ms-overflow-style -ms-scroll-chaining -ms-scroll-limit -ms-scroll-limit-x-max -ms-scroll-limit-x-min -ms-scroll-limit-y-max
  -ms-scroll-limit-y-min -ms-scroll-rails -ms-scroll-snap-points-x -ms-scroll-snap-points-y -ms-scroll-snap-type -ms-scroll-snap-x
  -ms-scroll-snap-y -ms-scroll-translation -ms-scrollbar-3dlight-color -ms-scrollbar-arrow-color -ms-scrollbar-base-color
  -ms-scrollbar-darkshadow-color -ms-scrollbar-face-color -ms-scrollbar-highlight-color -ms-scrollbar-shadow-color
  -ms-scrollbar-track-color -ms-text-autospace -ms-touch-select -ms-user-select -ms-wrap-flow -ms-wrap-margin -ms-wrap-through
  -webkit-appearance -webkit-border-before -webkit-border-before-color -webkit-border-before-style -webkit-border-before-width
  -webkit-box-reflect -webkit-line-clamp -webkit-mask -webkit-mask-attachment -webkit-mask-clip -webkit-mask-composite
  -webkit-mask-image -webkit-mask-origin -webkit-mask-position -webkit-mask-position-x -webkit-mask-position-y -webkit-mask-repeat
  -webkit-mask-repeat-x -webkit-mask-repeat-y -webkit-mask-size -webkit-overflow-scrolling -webkit-tap-highlight-color
  -webkit-text-fill-color -webkit-text-stroke -webkit-text-stroke-color -webkit-text-stroke-width -webkit-touch-callout
  -webkit-user-modify -webkit-user-select accent-color align-content align-items align-self align-tracks alignment-baseline all
  anchor-name anchor-scope animation animation-composition animation-delay animation-direction animation-duration animation-fill-mode
  animation-iteration-count animation-name animation-play-state animation-range animation-range-end animation-range-start
  animation-timeline animation-timing-function animation-trigger appearance aspect-ratio backdrop-filter backface-visibility background
  background-attachment background-blend-mode background-clip background-color background-image background-origin background-position
  background-position-x background-position-y background-repeat background-size baseline-shift baseline-source block-size border
  border-block border-block-color border-block-end border-block-end-color border-block-end-style border-block-end-width
  border-block-start border-block-start-color border-block-start-style border-block-start-width border-block-style border-block-width
  border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width
  border-collapse border-color border-end-end-radius border-end-start-radius border-image border-image-outset border-image-repeat
  border-image-slice border-image-source border-image-width border-inline border-inline-color border-inline-end border-inline-end-color
  border-inline-end-style border-inline-end-width border-inline-start border-inline-start-color border-inline-start-style
  border-inline-start-width border-inline-style border-inline-width border-left border-left-color border-left-style border-left-width
  border-radius border-right border-right-color border-right-style border-right-width border-spacing border-start-end-radius
  border-start-start-radius border-style border-top border-top-color border-top-left-radius border-top-right-radius border-top-style
  border-top-width border-width bottom box-align box-decoration-break box-direction box-flex box-flex-group box-lines box-ordinal-group
  box-orient box-pack box-shadow box-sizing break-after break-before break-inside caption-side caret caret-animation caret-color
  caret-shape clear clip clip-path clip-rule color color-interpolation-filters color-scheme column-count column-fill column-gap
  column-height column-rule column-rule-color column-rule-style column-rule-width column-span column-width column-wrap columns contain
  contain-intrinsic-block-size contain-intrinsic-height contain-intrinsic-inline-size contain-intrinsic-size contain-intrinsic-width
  container container-name container-type content content-visibility corner-block-end-shape corner-block-start-shape
  corner-bottom-left-shape corner-bottom-right-shape corner-bottom-shape corner-end-end-shape corner-end-start-shape
  corner-inline-end-shape corner-inline-start-shape corner-left-shape corner-right-shape corner-shape corner-start-end-shape
  corner-start-start-shape corner-top-left-shape corner-top-right-shape corner-top-shape counter-increment counter-reset counter-set
  cursor cx cy d direction display dominant-baseline dynamic-range-limit empty-cells field-sizing fill fill-opacity fill-rule filter
  flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float flood-color flood-opacity font font-family
  font-feature-settings font-kerning font-language-override font-optical-sizing font-palette font-size font-size-adjust font-smooth
  font-stretch font-style font-synthesis font-synthesis-position font-synthesis-small-caps font-synthesis-style font-synthesis-weight
  font-variant font-variant-alternates font-variant-caps font-variant-east-asian font-variant-emoji font-variant-ligatures
  font-variant-numeric font-variant-position font-variation-settings font-weight font-width forced-color-adjust gap grid grid-area
  grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap grid-column-start grid-gap grid-row
  grid-row-end grid-row-gap grid-row-start grid-template grid-template-areas grid-template-columns grid-template-rows
  hanging-punctuation height hyphenate-character hyphenate-limit-chars hyphens image-orientation image-rendering image-resolution
  ime-mode initial-letter initial-letter-align inline-size inset inset-block inset-block-end inset-block-start inset-inline
  inset-inline-end inset-inline-start interactivity interest-delay interest-delay-end interest-delay-start interpolate-size isolation
  justify-content justify-items justify-self justify-tracks left letter-spacing lighting-color line-break line-clamp line-height
  line-height-step list-style list-style-image list-style-position list-style-type margin margin-block margin-block-end
  margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left margin-right margin-top margin-trim
  marker marker-end marker-mid marker-start mask mask-border mask-border-mode mask-border-outset mask-border-repeat mask-border-slice
  mask-border-source mask-border-width mask-clip mask-composite mask-image mask-mode mask-origin mask-position mask-repeat mask-size
  mask-type masonry-auto-flow math-depth math-shift math-style max-block-size max-height max-inline-size max-lines max-width
  min-block-size min-height min-inline-size min-width mix-blend-mode object-fit object-position object-view-box offset offset-anchor
  offset-distance offset-path offset-position offset-rotate opacity order orphans outline outline-color outline-offset outline-style
  outline-width overflow overflow-anchor overflow-block overflow-clip-box overflow-clip-margin overflow-inline overflow-wrap overflow-x
  overflow-y overlay overscroll-behavior overscroll-behavior-block overscroll-behavior-inline overscroll-behavior-x
  overscroll-behavior-y padding padding-block padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end
  padding-inline-start padding-left padding-right padding-top page page-break-after page-break-before page-break-inside paint-order
  perspective perspective-origin place-content place-items place-self pointer-events position position-anchor position-area position-try
  position-try-fallbacks position-try-order position-visibility print-color-adjust quotes r reading-flow reading-order resize right
  rotate row-gap ruby-align ruby-merge ruby-overhang ruby-position rx ry scale scroll-behavior scroll-initial-target scroll-margin
  scroll-margin-block scroll-margin-block-end scroll-margin-block-start scroll-margin-bottom scroll-margin-inline
  scroll-margin-inline-end scroll-margin-inline-start scroll-margin-left scroll-margin-right scroll-margin-top scroll-marker-group
  scroll-padding scroll-padding-block scroll-padding-block-end scroll-padding-block-start scroll-padding-bottom scroll-padding-inline
  scroll-padding-inline-end scroll-padding-inline-start scroll-padding-left scroll-padding-right scroll-padding-top scroll-snap-align
  scroll-snap-coordinate scroll-snap-destination scroll-snap-points-x scroll-snap-points-y scroll-snap-stop scroll-snap-type
  scroll-snap-type-x scroll-snap-type-y scroll-target-group scroll-timeline scroll-timeline-axis scroll-timeline-name scrollbar-color
  scrollbar-gutter scrollbar-width shape-image-threshold shape-margin shape-outside shape-rendering speak-as stop-color stop-opacity
  stroke stroke-color stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
  tab-size table-layout text-align text-align-last text-anchor text-autospace text-box text-box-edge text-box-trim text-combine-upright
  text-decoration text-decoration-color text-decoration-inset text-decoration-line text-decoration-skip text-decoration-skip-ink
  text-decoration-style text-decoration-thickness text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style
  text-indent text-justify text-orientation text-overflow text-rendering text-shadow text-size-adjust text-spacing-trim text-transform
  text-underline-offset text-underline-position text-wrap text-wrap-mode text-wrap-style timeline-scope timeline-trigger
  timeline-trigger-exit-range timeline-trigger-exit-range-end timeline-trigger-exit-range-start timeline-trigger-name
  timeline-trigger-range timeline-trigger-range-end timeline-trigger-range-start timeline-trigger-source top touch-action transform
  transform-box transform-origin transform-style transition transition-behavior transition-delay transition-duration transition-property
  transition-timing-function translate trigger-scope unicode-bidi user-select vector-effect vertical-align view-timeline
  view-timeline-axis view-timeline-inset view-timeline-name view-transition-class view-transition-name visibility white-space
  white-space-collapse widows width will-change word-break word-spacing word-wrap writing-mode x y z-index zoom
  `
    .trim()
    .split(/\s+/),
);

const cssKeywords: ReadonlySet<string> = new Set(
  `
  -apple-pay-button -infinity -moz-mac-unified-toolbar -moz-win-borderless-glass -moz-win-browsertabbar-toolbox
  -moz-win-communications-toolbox -moz-win-communicationstext -moz-win-exclude-glass -moz-win-glass -moz-win-media-toolbox
  -moz-win-mediatext -moz-window-button-box -moz-window-button-box-maximized -moz-window-button-close -moz-window-button-maximize
  -moz-window-button-minimize -moz-window-button-restore -moz-window-frame-bottom -moz-window-frame-left -moz-window-frame-right
  -moz-window-titlebar -moz-window-titlebar-maximized -ms-autohiding-scrollbar -n- above absolute accentcolor accentcolortext accumulate
  active activeborder activecaption activetext add after alias aliceblue all all-petite-caps all-scroll all-small-caps allow-discrete
  allow-end allow-keywords alpha alphabetic alternate alternate-reverse always anchor-center anchors-valid anchors-visible and angle
  annotation antiquewhite any anywhere appworkspace aqua aquamarine arcs auto auto-add auto-fill auto-fit auto-flow auto-phrase avoid
  avoid-column avoid-page avoid-region azure background backwards balance bar baseline before beige below bevel bidi-override bisque
  black blanchedalmond blank blink block block-axis block-end block-start blue blueviolet bold bolder border border-area border-box both
  both-edges bottom bottom-center bottom-left bottom-left-corner bottom-right bottom-right-corner box-decoration break-all break-spaces
  break-word brown burlywood butt button button-arrow-down button-arrow-next button-arrow-previous button-arrow-up button-bevel
  button-focus buttonborder buttonface buttonhighlight buttonshadow buttontext cadetblue canvas canvastext cap cap-height capitalize
  caption captiontext caret cell center central ch-width chained character-variant chartreuse checkbox checkbox-container checkbox-label
  checkmenuitem chocolate circle clear clip clone close-quote closest-corner closest-side col-resize collapse color color-burn
  color-dodge column column-reverse common-ligatures compact condensed constrained contain content content-box contents context-fill
  context-menu context-stroke contextual copy coral cornflowerblue cornsilk cover crimson crisp-edges crispedges crosshair currentcolor
  cursive cyan cyclic dark darkblue darkcyan darken darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen
  darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet dashed
  decreasing deeppink deepskyblue default default-button definite-first deg dense destination-atop destination-in destination-out
  destination-over diagonal-fractions difference digits dimgray dimgrey disabled discretionary-ligatures dodgerblue dot dotted double
  double-circle down drag dualbutton e-resize each-line ease ease-in ease-in-out ease-out economy edges element ellipse ellipsis embed
  emoji enabled end entry entry-crossing even evenodd ew-resize ex-height exact exclude exclusion exit exit-crossing expanded
  extra-condensed extra-expanded false fangsong fantasy farthest-corner farthest-side field fieldtext fill fill-box fill-opacity filled
  firebrick first first-letter fit-content fixed fixed-position flat flex flex-end flex-flow flex-start flex-visual flip flip-block
  flip-inline flip-start floralwhite flow flow-root force-end forestgreen forwards frequency from from-font from-image fuchsia
  full-size-kana full-width gainsboro geometricprecision ghostwhite gold goldenrod grab grabbing grad grammar-error gray graytext green
  greenyellow grey grid grid-columns grid-order grid-rows grippers groove groupbox hanging hard-light height help hidden hide highlight
  highlighttext historical-forms historical-ligatures honeydew horizontal horizontal-tb hotpink hsl hue hwb ic-height ic-width icon
  ideograph-alpha ideograph-numeric ideograph-parenthesis ideograph-space ideographic ideographic-ink ignore in-flow inactive
  inactiveborder inactivecaption inactivecaptiontext increasing indianred indigo inert infinite infinity infobackground infotext inherit
  initial inline inline-axis inline-block inline-end inline-flex inline-grid inline-list-item inline-size inline-start inline-table
  inner-spin-button inset inside integer inter-character inter-word intersect isolate isolate-override italic ivory jump-both jump-end
  jump-none jump-start justify keep-all khaki khz lab large larger last lavender lavenderblush lawngreen layout lch leading-spaces
  ledger left left-bottom left-middle left-top legacy legal lemonchiffon length letter light lightblue lightcoral lightcyan lighten
  lighter lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
  lightslategrey lightsteelblue lightyellow lime limegreen line-through linear linearrgb linen lining-nums linktext list-item listbox
  listitem literal-punctuation local longer loose lowercase ltr luminance luminosity magenta mandatory manipulation manual margin-box
  mark markers marktext maroon match-element match-parent match-source math math-auto mathematical max-content maximum
  media-controls-background media-controls-fullscreen-background media-current-time-display media-enter-fullscreen-button
  media-exit-fullscreen-button media-fullscreen-button media-mute-button media-overlay-play-button media-play-button
  media-seek-back-button media-seek-forward-button media-slider media-sliderthumb media-time-remaining-display
  media-toggle-closed-captions-button media-volume-slider media-volume-slider-container media-volume-sliderthumb medium mediumaquamarine
  mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred menu menuarrow
  menubar menucheckbox menuimage menuitem menuitemtext menulist menulist-button menulist-text menulist-textfield menupopup menuradio
  menuseparator menutext message-box meter meterbar meterchunk middle midnightblue min-content mintcream mistyrose miter miter-clip
  mixed moccasin monospace most-block-size most-height most-inline-size most-width move multiple multiply n-resize nan navajowhite navy
  ne-resize nearest nesw-resize never next no-clip no-close-quote no-common-ligatures no-contextual no-discretionary-ligatures no-drag
  no-drop no-historical-ligatures no-limit no-open-quote no-overflow no-punctuation no-repeat non-rotation non-scaling-size
  non-scaling-stroke none nonzero normal not not-allowed notch nowrap ns-resize number numeric numeric-only nw-resize nwse-resize
  objects oblique odd off oklab oklch oldlace oldstyle-nums olive olivedrab only open open-quote optimizelegibility optimizespeed orange
  orangered orchid ordered ordinal ornaments outset outside over overlay overline pack padding padding-box page paint painted
  palegoldenrod palegreen paleturquoise palevioletred pan-down pan-left pan-right pan-up pan-x pan-y papayawhip pause paused peachpuff
  peru petite-caps pinch-zoom pink pixelated plaintext play play-backwards play-forwards play-once plum plus-darker plus-lighter pointer
  position powderblue pre pre-line pre-wrap preserve preserve-breaks preserve-parent-color preserve-spaces pretty progress progress-bar
  progress-bar-value progressbar progressbar-vertical progresschunk progresschunk-vertical prophoto-rgb proportional-nums
  proportional-width proximity purple push-button rad radio radio-container radio-label radiomenuitem railed range range-thumb
  raw-string read-only read-write read-write-plaintext-only rebeccapurple recto red region relative rem repeat repeat-x repeat-y replace
  replay reset resizer resizerpanel reverse revert revert-layer ridge right right-bottom right-middle right-top rlh root rosybrown round
  row row-resize row-reverse royalblue rtl ruby ruby-base ruby-base-container ruby-text ruby-text-container run-in running s-resize
  saddlebrown safe salmon sandybrown sans-serif saturation scale-down scale-horizontal scale-vertical scalethumb-horizontal
  scalethumb-vertical scalethumbend scalethumbstart scalethumbtick scoop screen scroll scroll-position scroll-state scrollbar
  scrollbarbutton-down scrollbarbutton-left scrollbarbutton-right scrollbarbutton-up scrollbarthumb-horizontal scrollbarthumb-vertical
  scrollbartrack-horizontal scrollbartrack-vertical se-resize seagreen searchfield searchfield-cancel-button searchfield-decoration
  searchfield-results-button searchfield-results-decoration seashell select select-after select-all select-before select-menu
  select-same selecteditem selecteditemtext self self-block self-block-end self-block-start self-end self-inline self-inline-end
  self-inline-start self-start semi-condensed semi-expanded separate separator serif sesame sheet shorter show sides sideways
  sideways-lr sideways-rl sienna silver simplified single size skyblue slashed-zero slateblue slategray slategrey slice
  slider-horizontal slider-vertical sliderthumb-horizontal sliderthumb-vertical small small-caps small-caption smaller smooth snap snow
  soft-light solid source-atop source-in source-order source-out source-over space space-all space-around space-between space-evenly
  space-first spaces span span-all span-block-end span-block-start span-bottom span-end span-inline-end span-inline-start span-left
  span-right span-self-block-end span-self-block-start span-self-end span-self-inline-end span-self-inline-start span-self-start
  span-start span-top span-x-end span-x-self-end span-x-self-start span-x-start span-y-end span-y-self-end span-y-self-start
  span-y-start spell-out spelling-error spinner spinner-downbutton spinner-textfield spinner-upbutton splitter springgreen square
  square-button squircle srgb srgb-linear stable stacked-fractions standard start static status-bar statusbar statusbarpanel steelblue
  step-end step-start sticky stretch stretch-to-fit strict string stroke stroke-box stroke-opacity style styleset stylistic sub subgrid
  subtract super sw-resize swash symbolic system-ui tab tab-scroll-arrow-back tab-scroll-arrow-forward table table-caption table-cell
  table-column table-column-group table-footer-group table-header-group table-row table-row-group tabpanel tabpanels tabular-nums tan
  teal text text-after-edge text-before-edge text-bottom text-top textarea textfield textfield-multiline thick thin thistle
  threeddarkshadow threedface threedhighlight threedlightshadow threedshadow time titling-caps to-zero tomato toolbar toolbarbutton
  toolbarbutton-dropdown toolbargripper toolbox tooltip top top-center top-left top-left-corner top-right top-right-corner touch
  traditional trailing-spaces transparent treeheader treeheadercell treeheadersortarrow treeitem treeline treetwisty treetwistyopen
  treeview triangle trim-both trim-end trim-start true turn turquoise ui-monospace ui-rounded ui-sans-serif ui-serif ultra-condensed
  ultra-expanded under underline underscore unicase unicode unsafe unset uppercase upright url verso vertical vertical-lr vertical-rl
  vertical-text vertical-to-horizontal view-box violet visible visiblefill visiblepainted visiblestroke visitedtext vmax vmin w-resize
  wait wavy weight wheat white whitesmoke width window windowframe windowtext wrap wrap-reverse write-only x-end x-large x-self-end
  x-self-start x-small x-start xor xx-large xx-small xxx-large xyz y-end y-self-end y-self-start y-start yellow yellowgreen zoom zoom-in
  zoom-out
  `
    .trim()
    .split(/\s+/),
);

/** Properties and attributes whose value can hold a colour. */
const colourProperty =
  /^(?:--[\w-]+|[a-z-]*color|background(?:-image)?|border(?:-[a-z]+)*|outline|column-rule|caret|text-(?:decoration|emphasis|shadow|stroke)|box-shadow|filter|fill|stroke|mask(?:-[a-z]+)?|style|_csstext|rules?|replace|replacesync|alink|vlink)$/;

export function holdsColour(property: string): boolean {
  return colourProperty.test(property);
}

const hexColour = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const unit =
  '(?:px|r?em|r?ex|r?ch|r?ic|r?lh|[sld]?v(?:w|h|i|b|min|max)|cq(?:w|h|i|b|min|max)|cm|mm|q|in|pt|pc|deg|g?rad|turn|m?s|k?hz|dp(?:i|cm|px)|x|fr|%)';
const dimension = new RegExp(`^[+-]?(?:\\d{1,5}(?:\\.\\d{1,4})?|\\.\\d{1,4})${unit}$`, 'i');
/** A number without a unit says more than a style needs if it is longer. */
const smallNumber = /^[+-]?(?:\d{1,2}(?:\.\d{1,4})?|\.\d{1,4}|[12]\d\d|[1-9]00)$/;
const functionName =
  /(?:^|[\s,(:])(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color(?:-mix)?|calc|min|max|clamp|var|env|cubic-bezier|steps|linear|translate(?:[xyz]|3d)?|scale(?:[xyz]|3d)?|rotate(?:[xyz]|3d)?|skew[xy]?|matrix(?:3d)?|perspective|blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia|minmax|repeat|fit-content|inset|circle|ellipse|polygon|(?:repeating-)?(?:linear|radial|conic)-gradient)\(/i;

/** Returns true for a hexadecimal colour. One of digits alone may be an order number, unless it is a grey. */
function isColour(text: string): boolean {
  if (!hexColour.test(text)) return false;
  const digits = text.slice(1).toLowerCase();
  if (/[a-f]/.test(digits)) return true;
  const step = digits.length < 6 ? 1 : 2;
  return (
    digits.slice(0, step) === digits.slice(step, 2 * step) && digits.slice(0, step) === digits.slice(2 * step, 3 * step)
  );
}

function isCssWord(token: string): boolean {
  return cssProperties.has(token) || cssKeywords.has(token) || token.startsWith('--');
}

/** Returns true for a colour, a length, a keyword, a property, and a value or a declaration made of them. */
export function isCss(text: string): boolean {
  if (isCssWord(text) || isColour(text) || dimension.test(text)) return true;
  if (text.length > 400 || !/[\d#(:]/.test(text)) return false;
  const tokens = text.split(/[\s,;:()/{}!@]+/).filter((token) => token !== '');
  // Plain words alone may be somebody's sentence.
  const isStyle = functionName.test(text) || tokens.some((token) => dimension.test(token) || hexColour.test(token));
  const names = new Set([...text.matchAll(/([a-z-]+[xyz\d]*)\(/gi)].map(([, name = '']) => name));
  return (
    isStyle &&
    tokens.every(
      (token) =>
        isCssWord(token) || names.has(token) || isColour(token) || dimension.test(token) || smallNumber.test(token),
    )
  );
}
