import type { Playback } from './playback';

const stepMs = 5000;

/** Handles the keys of the page, except those that the focused element handles. */
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
