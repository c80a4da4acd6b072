import * as v from 'valibot';

/** A whole number within bounds, with what holds where nothing was set. */
function threshold(min: number, initial: number, max: number) {
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), initial);
}

const second = 1000;
const minute = 60 * second;
const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** When something counts as what in a timeline. `docs/timeline.md` tells how each is used. */
export const TimelineThresholds = v.strictObject({
  /** This many clicks on one spot … */
  rageClicks: threshold(2, 3, 20),
  /** … within this time, ms … */
  rageWindowMs: threshold(200, second, 10 * second),
  /** … and this distance, CSS pixels, are rage clicks. */
  rageDistancePx: threshold(1, 30, 500),
  /** A click that nothing answers for this long, ms, is dead. */
  deadClickMs: threshold(500, 2500, 30 * second),
  /** A request that takes this long, ms, is slow. */
  slowRequestMs: threshold(100, 3 * second, 10 * minute),
  /** Without anything done by the user for this long, ms, the session is idle. */
  idleMs: threshold(second, 5 * second, 60 * minute),
  /** Without any event for this long, ms, before the recorder starts anew, the recording has a gap. */
  gapMs: threshold(second, 30 * second, 24 * 60 * minute),
});
export type TimelineThresholds = v.InferOutput<typeof TimelineThresholds>;
export const defaultThresholds: TimelineThresholds = v.parse(TimelineThresholds, {});

/**
 * How much is taken of a server or a recording before it is cut off. Each has an upper bound, too: no setting makes a hostile counterpart
 * harmless for the memory or the disk.
 */
export const Caps = v.strictObject({
  /** The body of one reply as it is on the wire, bytes. */
  wireBytes: threshold(megabyte, 512 * megabyte, 16_384 * megabyte),
  /** The same after inflating, bytes. */
  inflatedBytes: threshold(megabyte, 1024 * megabyte, 65_536 * megabyte),
  /** The head of one reply, bytes. */
  headerBytes: threshold(4 * kilobyte, 16 * kilobyte, 1024 * kilobyte),
  /** One request from its first packet to the last byte of its reply, ms; waiting for the platform's own limit isn't counted. */
  totalMs: threshold(minute, 30 * minute, 24 * 60 * minute),
  /** The events of one recording. */
  events: threshold(1000, 20_000_000, 100_000_000),
  /** One event, which is one line in most formats, bytes. */
  eventBytes: threshold(megabyte, 64 * megabyte, 256 * megabyte),
  /** One compressed field of an event after inflating, bytes. */
  fieldBytes: threshold(megabyte, 48 * megabyte, 256 * megabyte),
  /** Levels of arrays and objects in one event; what is written of it again can't be nested deeper than the most of these. */
  depth: threshold(100, 2000, 2000),
  /** What is looked at in the folders that are opened at once: files, and whatever else lies there. */
  folderFiles: threshold(10, 10_000, 200_000),
  /** Folders within folders. */
  folderDepth: threshold(1, 16, 64),
  /** The files of the folders that are opened at once, bytes. */
  folderBytes: threshold(megabyte, 16_384 * megabyte, 1_048_576 * megabyte),
});
export type Caps = v.InferOutput<typeof Caps>;
export const defaultCaps: Caps = v.parse(Caps, {});

/** Those that hold while a recording is read, wherever it came from. */
export type RecordingCaps = Pick<Caps, 'events' | 'eventBytes' | 'fieldBytes' | 'depth'>;

export function recordingCaps({ events, eventBytes, fieldBytes, depth }: Caps): RecordingCaps {
  return { events, eventBytes, fieldBytes, depth };
}

/** Those that hold for a folder as a whole. */
export type FolderCaps = Pick<Caps, 'folderFiles' | 'folderDepth' | 'folderBytes'>;

export function folderCaps({ folderFiles, folderDepth, folderBytes }: Caps): FolderCaps {
  return { folderFiles, folderDepth, folderBytes };
}

type Bounds<Values> = Readonly<Record<keyof Values & string, { min: number; max: number }>>;

/** The least and the most that each number can be, from the schema itself. */
function boundsOf<Values>(entries: Record<string, ReturnType<typeof threshold>>): Bounds<Values> {
  const bounds = Object.entries(entries).map(([name, { wrapped }]) => {
    const [, , min, max] = wrapped.pipe;
    return [name, { min: min.requirement, max: max.requirement }];
  });
  return Object.fromEntries(bounds) as Bounds<Values>;
}

export const thresholdBounds = boundsOf<TimelineThresholds>(TimelineThresholds.entries);
export const capBounds = boundsOf<Caps>(Caps.entries);

/** What the user may set. Kept in the clear: nothing here is secret or says whose sessions were watched. */
export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Nothing is asked of any network while this is on. */
  isOffline: v.optional(v.boolean(), false),
  timeline: v.optional(TimelineThresholds, defaultThresholds),
  caps: v.optional(Caps, defaultCaps),
});
export type Settings = v.InferOutput<typeof Settings>;
