// Globals that the scripts of this folder use in the pages that they drive.

interface Window {
  /** bench/workload/page/main.ts */
  startWorkload(page: { seed: number; nodes: number; burst: number; paceMs: number }): void;
  continueWorkload(events: number): Promise<string>;
  /** bench/replay/player-page.ts */
  openRecording(url: string): Promise<{ ms: number; parseMs: number }>;
  seekTo(atMs: number): Promise<{ ms: number }>;
  /** bench/replay/frame-probe.mjs */
  benchProbe?: { readyAt: number; seek(atMs: number): Promise<{ ms: number; laterMs: number }> };
}
