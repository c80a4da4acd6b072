/** Scales the recorded page into the frame, its aspect kept and in the middle. */
export function fitStage(stage: HTMLElement, size: { width: number; height: number }): void {
  const wrapper = stage.querySelector<HTMLElement>('.replayer-wrapper');
  if (!wrapper || size.width <= 0 || size.height <= 0) return;
  const scale = Math.min(stage.clientWidth / size.width, stage.clientHeight / size.height, 1.5);
  const left = (stage.clientWidth - size.width * scale) / 2;
  const top = (stage.clientHeight - size.height * scale) / 2;
  wrapper.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
}
