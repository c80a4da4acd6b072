import type { Bug } from './diagnostics';

/**
 * The two ports of the replay frame. `data` connects the worker and the frame directly, so the shell never holds a recording; `control`
 * connects the shell and the frame. The shell passes both in one `ReplayPorts` message. For an export's screenshots, the replay is the page
 * of a hidden window, and main takes the role of the shell.
 * All times are in ms since the start of the session unless stated otherwise.
 */
export interface ReplayPorts {
  kind: 'ports';
  isDark: boolean;
  /** The initial position. The tab's first page if absent. */
  atMs?: number;
}

/** The message with which main passes the ports to a replay in a hidden window. The preload forwards it to the page. */
export const replayPortsMessage = 'casement-replay-ports';

/** Frame → worker: requests a segment of the tab that is shown. */
export interface SegmentRequest {
  kind: 'segment';
  index: number;
}

/** An interval of a tab that can be replayed independently. It lasts until the next one starts. */
export interface SegmentSpan {
  startMs: number;
  /** The time of its last event. */
  endMs: number;
  /** The number of events at its start that Casement generated to restore the page; 0 at the start of the tab's recording. */
  keyframe: number;
}

/** The facts of a tab that the frame gets before any segment. */
export interface ReplayIndex {
  /** The start of the session by the recorder's clock, ms since 1970. */
  startedAt: number;
  /** The duration of the entire session. The tab may cover only a part of it. */
  durationMs: number;
  /** Sorted by time. */
  segments: SegmentSpan[];
  /** Intervals without user activity, sorted by time and disjoint. */
  idle: [fromMs: number, toMs: number][];
}

/**
 * Worker → frame. The index is sent first, without a request, and again when it changes: idle intervals become known, or the recording
 * grows. The segments of an earlier index stay unchanged, except for the last one, which may have grown.
 */
export type DataMessage =
  | ({ kind: 'index' } & ReplayIndex)
  /** UTF-8 JSON: an array of events, with the recorder's times. */
  | { kind: 'segment'; index: number; json: Uint8Array }
  /** A code of the error table. With `index`, only that segment failed. */
  | { kind: 'failed'; code: string; index?: number };

export const replaySpeeds = [0.5, 1, 2, 4, 8, 16] as const;

/** Shell → frame. */
export type ReplayCommand =
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; atMs: number }
  | { kind: 'speed'; speed: number }
  | { kind: 'skip-idle'; isOn: boolean }
  | { kind: 'theme'; isDark: boolean }
  /** The frame replies with `alive`. A frame that doesn't reply is considered dead. */
  | { kind: 'heartbeat'; beat: number };

/** Frame → shell. */
export type ReplayReport =
  /** A seek takes so long that the shell should show a spinner. `seeked` ends it. */
  | { kind: 'loading' }
  /** The first frame is painted. `isBlank`: it only shows a message that there is no page yet. */
  | { kind: 'ready'; durationMs: number; width: number; height: number; isBlank: boolean }
  | { kind: 'time'; atMs: number; isPlaying: boolean }
  /** The frame at that time is painted, `tookMs` after the seek was requested. */
  | { kind: 'seeked'; atMs: number; tookMs: number }
  /** The recording grew. */
  | { kind: 'duration'; durationMs: number }
  | { kind: 'size'; width: number; height: number }
  | { kind: 'alive'; beat: number }
  | { kind: 'failed'; code: string }
  /** An unexpected error, for the diagnostic log. */
  | { kind: 'bug'; bug: Bug };

/** The time after which a replay frame that doesn't reply is considered dead, ms: longer than the slowest seek that was measured. */
export const heartbeatLimitMs = 8000;
