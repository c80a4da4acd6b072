import { replayWords } from '../../../src-main/contract/words/replay';

/** Marks a canvas whose image is known. */
export const drawnMark = '--casement-drawing';

const drawn = `canvas[style*='${drawnMark}']`;
const missing = `canvas:not([style*='${drawnMark}'])`;

/**
 * A page without scripts doesn't lay out canvases. Each becomes a box of the canvas's size with its image as the background. A canvas
 * whose drawing can't be shown says so.
 */
export const canvasStyle = [
  ':where(canvas) { display: inline-block; }',
  // The content of a canvas is for browsers without canvas support.
  `${drawn} { content-visibility: hidden; }`,
  `${missing} { background: repeating-linear-gradient(45deg, #0000000d 0 6px, #0000 6px 12px) !important; }`,
  `${missing}::before { content: '${replayWords.canvas}'; font: 12px sans-serif; color: #5b6470; }`,
];
