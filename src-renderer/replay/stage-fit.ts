import type { PageSize } from './scene-events';

/** Scales a recorded page into the frame, its aspect kept and in the middle. */
export function fitScene(stage: HTMLElement, wrapper: HTMLElement, { width, height }: PageSize): void {
  if (!(width > 0 && height > 0)) return;
  const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height, 1.5);
  const left = (stage.clientWidth - width * scale) / 2;
  const top = (stage.clientHeight - height * scale) / 2;
  wrapper.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
}
