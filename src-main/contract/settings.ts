import * as v from 'valibot';

/** An integer within bounds, with a default. */
function threshold(min: number, initial: number, max: number) {
  return v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)), initial);
}

const second = 1000;
const minute = 60 * second;
const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** The thresholds of timeline entries. `docs/timeline.md` explains how each is used. */
export const TimelineThresholds = v.strictObject({
  /** This many clicks on one spot … */
  rageClicks: threshold(2, 3, 20),
  /** … within this time, ms … */
  rageWindowMs: threshold(200, second, 10 * second),
  /** … and this distance, CSS pixels, are rage clicks. */
  rageDistancePx: threshold(1, 30, 500),
  /** A click without a response within this time, ms, is dead. */
  deadClickMs: threshold(500, 2500, 30 * second),
  /** A request that takes at least this time, ms, is slow. */
  slowRequestMs: threshold(100, 3 * second, 10 * minute),
  /** The session is idle after this time without user activity, ms. */
  idleMs: threshold(second, 5 * second, 60 * minute),
  /** A restart of the recorder after this time without events, ms, is a gap. */
  gapMs: threshold(second, 30 * second, 24 * 60 * minute),
});
export type TimelineThresholds = v.InferOutput<typeof TimelineThresholds>;
export const defaultThresholds: TimelineThresholds = v.parse(TimelineThresholds, {});

/**
 * The limits for data from a server or a recording. Each has an upper bound, so that no setting lets a hostile server or file exhaust the
 * memory or the disk.
 */
export const Caps = v.strictObject({
  /** The body of a response on the wire, bytes. */
  wireBytes: threshold(megabyte, 512 * megabyte, 16_384 * megabyte),
  /** The body of a response after decompression, bytes. */
  inflatedBytes: threshold(megabyte, 1024 * megabyte, 65_536 * megabyte),
  /** The headers of a response, bytes. */
  headerBytes: threshold(4 * kilobyte, 16 * kilobyte, 1024 * kilobyte),
  /** A request from its first packet to the last byte of the response, ms, without waits for the platform's rate limit. */
  totalMs: threshold(minute, 30 * minute, 24 * 60 * minute),
  /** The number of events in a recording. */
  events: threshold(1000, 20_000_000, 100_000_000),
  /** A single event, which is a line in most formats, bytes. */
  eventBytes: threshold(megabyte, 64 * megabyte, 256 * megabyte),
  /** A compressed field of an event after decompression, bytes. */
  fieldBytes: threshold(megabyte, 48 * megabyte, 256 * megabyte),
  /** Levels of arrays and objects in an event. Casement can't write events that are nested deeper than the upper bound. */
  depth: threshold(100, 2000, 2000),
  /** The number of files and other items in all folders that are opened at once. */
  folderFiles: threshold(10, 10_000, 200_000),
  /** The depth of nested folders. */
  folderDepth: threshold(1, 16, 64),
  /** The total size of the files in all folders that are opened at once, bytes. */
  folderBytes: threshold(megabyte, 16_384 * megabyte, 1_048_576 * megabyte),
});
export type Caps = v.InferOutput<typeof Caps>;
export const defaultCaps: Caps = v.parse(Caps, {});

/** The limits for reading a recording from any origin. */
export type RecordingCaps = Pick<Caps, 'events' | 'eventBytes' | 'fieldBytes' | 'depth'>;

export function recordingCaps({ events, eventBytes, fieldBytes, depth }: Caps): RecordingCaps {
  return { events, eventBytes, fieldBytes, depth };
}

/** The limits for opening folders. */
export type FolderCaps = Pick<Caps, 'folderFiles' | 'folderDepth' | 'folderBytes'>;

export function folderCaps({ folderFiles, folderDepth, folderBytes }: Caps): FolderCaps {
  return { folderFiles, folderDepth, folderBytes };
}

type Bounds<Values> = Readonly<Record<keyof Values & string, { min: number; max: number }>>;

/** Returns the minimum and maximum of each number, read from the schema. */
function boundsOf<Values>(entries: Record<string, ReturnType<typeof threshold>>): Bounds<Values> {
  const bounds = Object.entries(entries).map(([name, { wrapped }]) => {
    const [, , min, max] = wrapped.pipe;
    return [name, { min: min.requirement, max: max.requirement }];
  });
  return Object.fromEntries(bounds) as Bounds<Values>;
}

export const thresholdBounds = boundsOf<TimelineThresholds>(TimelineThresholds.entries);
export const capBounds = boundsOf<Caps>(Caps.entries);

/** Returns whether the text can be the address of a proxy script. The address is stored unencrypted, so it can't contain a login. */
export function isProxyScriptAddress(text: string): boolean {
  if (text === '') return true;
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** The user's settings. They are stored unencrypted: nothing in them is secret or reveals whose sessions were watched. */
export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Blocks all network requests. */
  isOffline: v.optional(v.boolean(), false),
  /** The address of a script that names the proxies (PAC); '' for the system's proxies. */
  proxyScript: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000), v.check(isProxyScriptAddress)), ''),
  timeline: v.optional(TimelineThresholds, defaultThresholds),
  caps: v.optional(Caps, defaultCaps),
});
export type Settings = v.InferOutput<typeof Settings>;
