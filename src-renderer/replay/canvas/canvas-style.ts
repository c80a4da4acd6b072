import { replayWords } from '../../../src-main/contract/words/replay';

/** Marks a canvas whose picture is known. */
export const drawnMark = '--casement-drawing';

const drawn = `canvas[style*='${drawnMark}']`;
const missing = `canvas:not([style*='${drawnMark}'])`;

/**
 * A page without scripts lays out no canvas; it becomes a box of the canvas's size, and its picture the box's background. A drawing that
 * can't be shown says so, rather than leaving a hole without a reason.
 */
export const canvasStyle = [
  ':where(canvas) { display: inline-block; }',
  // What stands in a canvas is for browsers without one.
  `${drawn} { content-visibility: hidden; }`,
  `${missing} { background: repeating-linear-gradient(45deg, #0000000d 0 6px, #0000 6px 12px) !important; }`,
  `${missing}::before { content: '${replayWords.canvas}'; font: 12px sans-serif; color: #5b6470; }`,
];
