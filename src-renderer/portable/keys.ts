import type { Playback } from './playback';

const stepMs = 5000;

/** Keys for the whole page, but where a key belongs to what has the focus. */
export function listenToKeys(playback: Playback): void {
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => playback.toggle(),
    ArrowLeft: () => playback.step(-stepMs),
    ArrowRight: () => playback.step(stepMs),
    Home: () => playback.step(-Infinity),
    End: () => playback.step(Infinity),
  };
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return;
    const isTaken = target.closest('select, input') !== null || (key === ' ' && target.closest('button') !== null);
    const act = isTaken ? undefined : actions[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
