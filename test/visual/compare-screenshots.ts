import type { Box } from '../replay-fidelity/page/screenshots';

/** How far two layouts agree. What stands within a line of text isn't counted: it is as wide as its masks. */
export interface Agreement {
  /** Blocks that the recorded page shows. */
  blocks: number;
  /** Of these, how many the redacted page shows as well. */
  shown: number;
  /** Of those, how many are of the same size, and how many stand in the same place, within the tolerance. */
  sized: number;
  placed: number;
  /** Some that aren't, for the message of a failing test: tags, numbers and pixels only. */
  examples: string[];
}

export const nothingSeen = (): Agreement => ({ blocks: 0, shown: 0, sized: 0, placed: 0, examples: [] });

/** Masks are of four lengths, so lines break elsewhere: a text may take one line more or less. CSS pixels. */
const line = 28;
/** A block may be wider, narrower or elsewhere by this share of its size or place, where the texts around it decide that. */
const share = 0.25;
const examplesLimit = 12;

/** Adds to what was seen before how two pages agree, block by block. */
export function compareLooks(before: readonly Box[], after: readonly Box[], seen: Agreement): void {
  const now = new Map(after.map((box) => [box.id, box]));
  for (const box of before) {
    if (box.isInline) continue;
    const other = now.get(box.id);
    const isSized = other && isNear(box.width, other.width) && isNear(box.height, other.height);
    const isPlaced = other && isNear(box.left, other.left) && isNear(box.top, other.top);
    seen.blocks++;
    if (other) seen.shown++;
    if (isSized) seen.sized++;
    if (isPlaced) seen.placed++;
    if (!(isSized && isPlaced) && seen.examples.length < examplesLimit)
      seen.examples.push(`${box.tag}#${box.id}: ${describe(box)} → ${other ? describe(other) : 'not shown'}`);
  }
}

function isNear(before: number, after: number): boolean {
  return Math.abs(before - after) <= Math.max(line, Math.abs(before) * share);
}

function describe({ left, top, width, height }: Box): string {
  return `${Math.round(width)}×${Math.round(height)} at ${Math.round(left)},${Math.round(top)}`;
}
