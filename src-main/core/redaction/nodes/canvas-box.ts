import { flatImageOf } from '../placeholders';

/** A canvas without a width or a height attribute has this size, CSS pixels. */
const usualWidth = 300;
const usualHeight = 150;
/** The largest width and height that a browser gives a canvas, pixels. */
const sizeLimit = 65_535;

/**
 * The style that shows a canvas as a grey box of its size. A browser doesn't lay out canvases in a page without scripts, which every
 * replay is: they take no space at all. With an image for its content, a canvas has the size and the proportions of the image, and the
 * page's own style sheets apply to it as they do to a canvas. The colour is for replays that run scripts.
 */
export function canvasBoxStyle(
  width: unknown,
  height: unknown,
): Readonly<Record<'content' | 'background-color', string>> {
  const image = flatImageOf(readSize(width, usualWidth), readSize(height, usualHeight));
  return { content: `url("${image}")`, 'background-color': '#c8ccd0' };
}

/** Returns an inline style with the style of a canvas's box. */
export function withCanvasBox(style: unknown, width: unknown, height: unknown): string {
  const own = typeof style === 'string' ? style.trim().replace(/;$/, '') : '';
  const box = Object.entries(canvasBoxStyle(width, height)).map(([property, value]) => `${property}: ${value}`);
  return [...(own === '' ? [] : [own]), ...box].join('; ');
}

/** Reads a size as a browser does: the digits at the start. */
function readSize(value: unknown, usual: number): number {
  const digits = /^\s*\+?(\d+)/.exec(typeof value === 'string' || typeof value === 'number' ? String(value) : '')?.[1];
  return digits === undefined ? usual : Math.min(Number(digits), sizeLimit);
}
