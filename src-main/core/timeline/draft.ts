import type { TimelineEntry } from '../../contract/timeline';

/** An entry before its place in time is written: `at` is the recorder's clock, in ms. */
export interface Draft extends Pick<TimelineEntry, 'kind' | 'severity' | 'text' | 'nodeId' | 'durationMs'> {
  at: number;
}

export type Emit = (draft: Draft) => void;

/** When something counts as what. */
export interface TimelineThresholds {
  /** This many clicks on one spot … */
  rageClicks: number;
  /** … within this time … */
  rageWindowMs: number;
  /** … and this distance, in CSS pixels, are rage clicks. */
  rageDistancePx: number;
  /** Without anything done by the user for this long, the session is idle. */
  idleMs: number;
}

export const defaultThresholds: TimelineThresholds = {
  rageClicks: 3,
  rageWindowMs: 1000,
  rageDistancePx: 30,
  idleMs: 5000,
};
