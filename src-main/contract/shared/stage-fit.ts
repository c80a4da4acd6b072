interface Size {
  width: number;
  height: number;
}

/** A small page isn't blown up any further. */
const largestScale = 1.5;

/** Where a recorded page lies on the stage of its replay: its aspect kept, in the middle. All in px of the stage. */
export function placePage(stage: Size, page: Size): { left: number; top: number; scale: number } {
  const scale = Math.min(stage.width / page.width, stage.height / page.height, largestScale);
  return { left: (stage.width - page.width * scale) / 2, top: (stage.height - page.height * scale) / 2, scale };
}
