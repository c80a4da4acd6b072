import type { TimelineEntry } from '../../contract/timeline';

/** An entry before its place in time is written. */
export interface Draft extends Pick<TimelineEntry, 'kind' | 'severity' | 'nodeId' | 'durationMs' | 'details'> {
  /** The recorder's clock, ms. Never earlier than what is open since (`openSince` of a track), so that told entries stay told. */
  at: number;
  /** What it quotes of the recording is marked with `quote`. */
  text: string;
}

export type Emit = (draft: Draft) => void;
