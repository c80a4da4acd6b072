import type { Bug } from './diagnostics';

/**
 * The two ports of the replay frame. `data` runs from the worker straight into the frame, so that the shell never holds a
 * recording; `control` runs between the shell and the frame. The shell hands both over in one `ReplayPorts` message. Where a picture is
 * taken for an export, a replay is a hidden window's own page, and main is what the shell is elsewhere.
 * All times count in ms from the start of the session, unless they say otherwise.
 */
export interface ReplayPorts {
  kind: 'ports';
  isDark: boolean;
  /** Where to open; where it is absent, at the window's first page. */
  atMs?: number;
}

/** With this message main hands the ports to a replay that is its window's own page; its preload passes them on. */
export const replayPortsMessage = 'casement-replay-ports';

/** Frame → worker: asks for one segment of the window that is shown. */
export interface SegmentRequest {
  kind: 'segment';
  index: number;
}

/** A stretch of the window that can be replayed by itself. It lasts until the next one begins. */
export interface SegmentSpan {
  startMs: number;
  /** Its last event. */
  endMs: number;
  /** How many events at its beginning Casement made to restore the page; 0 where the window's recording begins. */
  keyframe: number;
}

/** What the frame knows of the window before it has read any of it. */
export interface ReplayIndex {
  /** The recorder's clock, ms. */
  startedAt: number;
  /** Of the whole session, of which the window may be a part. */
  durationMs: number;
  /** In the order of time. */
  segments: SegmentSpan[];
  /** Stretches in which the user did nothing, in the order of time and apart. */
  idle: [fromMs: number, toMs: number][];
}

/**
 * Worker → frame. The index comes first and unasked, and again whenever more is known: idle spans, or a recording that grew. The
 * segments that an earlier index named stay what they were, but for the last one, which may have grown.
 */
export type DataMessage =
  | ({ kind: 'index' } & ReplayIndex)
  /** UTF-8 JSON: an array of events, with the recorder's times. */
  | { kind: 'segment'; index: number; json: Uint8Array }
  /** A code of the table of errors; with an index it is about that segment alone. */
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
  /** Answered by `alive`; a frame that doesn't answer is taken for dead. */
  | { kind: 'heartbeat'; beat: number };

/** Frame → shell. */
export type ReplayReport =
  /** A picture takes so long that the user should be told; `seeked` ends it. */
  | { kind: 'loading' }
  /** The first picture was painted; `isBlank`: it says in words that there is no page yet. */
  | { kind: 'ready'; durationMs: number; width: number; height: number; isBlank: boolean }
  | { kind: 'time'; atMs: number; isPlaying: boolean }
  /** The picture of that time was painted, so long after it was asked for. */
  | { kind: 'seeked'; atMs: number; tookMs: number }
  /** The recording grew. */
  | { kind: 'duration'; durationMs: number }
  | { kind: 'size'; width: number; height: number }
  | { kind: 'alive'; beat: number }
  | { kind: 'failed'; code: string }
  /** An unexpected error, for the diagnostic log. */
  | { kind: 'bug'; bug: Bug };

/** The time, in ms, after which a silent replay frame is taken for dead: long enough for the worst seek that was measured. */
export const heartbeatLimitMs = 8000;
