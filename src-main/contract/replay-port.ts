import type { RecordedEvent } from './recorded-event';

/**
 * The two ports of the replay frame. `data` runs from the worker straight into the frame, so that the shell never holds a
 * recording; `control` runs between the shell and the frame. The shell hands both over in one `ReplayPorts` message.
 */
export interface ReplayPorts {
  kind: 'ports';
  isDark: boolean;
}

/** Frame → worker: asks for the next chunk, one at a time, which is the back pressure. */
export interface ChunkRequest {
  kind: 'chunk';
  index: number;
}

/**
 * Worker → frame. Times in a chunk are those of the recorder; `startedAt` (same clock) and `durationMs` are those of the whole
 * session, of which the replayed window may be a part.
 */
export type DataMessage =
  | { kind: 'chunk'; index: number; count: number; startedAt: number; durationMs: number; events: RecordedEvent[] }
  | { kind: 'failed'; code: string };

export const replaySpeeds = [0.5, 1, 2, 4, 8, 16] as const;

/** Shell → frame. */
export type ReplayCommand =
  | { kind: 'play' }
  | { kind: 'pause' }
  /** `atMs` counts from the first event. */
  | { kind: 'seek'; atMs: number }
  | { kind: 'speed'; speed: number }
  | { kind: 'skip-idle'; isOn: boolean }
  /** Answered by `alive`; a frame that doesn't answer is taken for dead. */
  | { kind: 'heartbeat'; beat: number };

/** Frame → shell. */
export type ReplayReport =
  | { kind: 'loading'; chunks: number; count: number }
  | { kind: 'ready'; durationMs: number; width: number; height: number }
  | { kind: 'time'; atMs: number; isPlaying: boolean }
  | { kind: 'size'; width: number; height: number }
  | { kind: 'alive'; beat: number }
  | { kind: 'failed'; code: string };

/** The time, in ms, after which a silent replay frame is taken for dead: long enough for the worst seek that was measured. */
export const heartbeatLimitMs = 8000;
