import type { Box } from '../replay-fidelity/page/screenshots';

/** The agreement of two layouts. Without inline elements, which are as wide as their masks, and the content of editors, which is left out. */
export interface Agreement {
  /** The number of blocks that the recorded page shows. */
  blocks: number;
  /** The number of these that the redacted page shows as well. */
  shown: number;
  /** The numbers of those with the same size and with the same position, within the tolerance. */
  sized: number;
  placed: number;
  /** Some blocks that differ, for the message of a failing test: tags, numbers and pixels only. */
  examples: string[];
}

export const emptyAgreement = (): Agreement => ({ blocks: 0, shown: 0, sized: 0, placed: 0, examples: [] });

/** Masks have one of four lengths, so lines break differently. A text may take one line more or less. CSS pixels. */
const lineHeight = 28;
/** The size and the position of a block may differ by this share, because the texts around it affect them. */
const tolerance = 0.25;
const examplesLimit = 12;

/** Compares two pages block by block and adds the result to an agreement. */
export function compareLayouts(before: readonly Box[], after: readonly Box[], agreement: Agreement): void {
  const afterById = new Map(after.map((box) => [box.id, box]));
  for (const box of before) {
    if (box.isInline || box.isInEditor) continue;
    const other = afterById.get(box.id);
    const isSized = other && isNear(box.width, other.width) && isNear(box.height, other.height);
    const isPlaced = other && isNear(box.left, other.left) && isNear(box.top, other.top);
    agreement.blocks++;
    if (other) agreement.shown++;
    if (isSized) agreement.sized++;
    if (isPlaced) agreement.placed++;
    if (!(isSized && isPlaced) && agreement.examples.length < examplesLimit)
      agreement.examples.push(`${box.tag}#${box.id}: ${describe(box)} → ${other ? describe(other) : 'not shown'}`);
  }
}

function isNear(before: number, after: number): boolean {
  return Math.abs(before - after) <= Math.max(lineHeight, Math.abs(before) * tolerance);
}

function describe({ left, top, width, height }: Box): string {
  return `${Math.round(width)}×${Math.round(height)} at ${Math.round(left)},${Math.round(top)}`;
}
