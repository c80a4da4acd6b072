/** The most canvas sizes that get a rule in a page's style sheet. It stops a page that changes them endlessly. */
const sizeLimit = 400;
const sizesBySheet = new WeakMap<CSSStyleSheet, Set<string>>();

/**
 * Gives a canvas the box that it would have if it were laid out: its own size, unless the page's style says otherwise. The rules have
 * a specificity of zero, so that every rule of the page overrides them.
 */
export function giveBox(canvas: HTMLCanvasElement): void {
  const sheet = replaySheet(canvas);
  if (!sheet) return giveOwnBox(canvas);
  const width = canvas.getAttribute('width');
  const height = canvas.getAttribute('height');
  const byWidth = width === null ? ':not([width])' : `[width="${CSS.escape(width)}"]`;
  const byHeight = height === null ? ':not([height])' : `[height="${CSS.escape(height)}"]`;
  const sizes = sizesBySheet.get(sheet) ?? new Set<string>();
  sizesBySheet.set(sheet, sizes);
  if (sizes.has(byWidth + byHeight) || sizes.size >= sizeLimit) return;
  sizes.add(byWidth + byHeight);
  sheet.insertRule(
    `:where(canvas${byWidth}${byHeight}) {
      width: ${canvas.width}px;
      height: ${canvas.height}px;
      aspect-ratio: ${canvas.width} / ${canvas.height};
    }`,
    sheet.cssRules.length,
  );
}

/** Returns the style sheet that rrweb inserts before the head of each document that it builds. */
function replaySheet(canvas: HTMLCanvasElement): CSSStyleSheet | undefined {
  const root = canvas.getRootNode();
  if (root.nodeType !== Node.DOCUMENT_NODE) return undefined;
  return (root as Document).documentElement.querySelector<HTMLStyleElement>(':scope > style')?.sheet ?? undefined;
}

/** Sets the size on the canvas itself unless the page's style has set one. No style sheet of ours applies in a shadow root. */
function giveOwnBox(canvas: HTMLCanvasElement): void {
  const view = canvas.ownerDocument.defaultView;
  if (view?.getComputedStyle(canvas).display !== 'inline') return;
  canvas.style.display = 'inline-block';
  canvas.style.width = `${canvas.width}px`;
  canvas.style.height = `${canvas.height}px`;
}
