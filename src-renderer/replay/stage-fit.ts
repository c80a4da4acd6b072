import { placePage } from '../../src-main/contract/shared/stage-fit';
import type { PageSize } from './scene-events';

/** Scales a recorded page into the frame. */
export function fitScene(stage: HTMLElement, wrapper: HTMLElement, page: PageSize): void {
  if (!(page.width > 0 && page.height > 0)) return;
  const { left, top, scale } = placePage({ width: stage.clientWidth, height: stage.clientHeight }, page);
  wrapper.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
}
