interface Size {
  width: number;
  height: number;
}

/** Small pages aren't enlarged any further. */
const largestScale = 1.5;

/** Returns the position and scale of a recorded page on the replay's stage: centred, with its aspect ratio kept. In px of the stage. */
export function placePage(stage: Size, page: Size): { left: number; top: number; scale: number } {
  const scale = Math.min(stage.width / page.width, stage.height / page.height, largestScale);
  return { left: (stage.width - page.width * scale) / 2, top: (stage.height - page.height * scale) / 2, scale };
}
