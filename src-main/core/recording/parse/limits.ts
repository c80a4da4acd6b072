import { defaultCaps, recordingCaps, type RecordingCaps } from '../../../contract/settings';

/** Limits of a recording's size and of what is in memory at once. The user sets the caps. */
export interface ParseLimits extends RecordingCaps {
  /** All bytes of one recording as text, including decompressed fields. */
  inflatedBytes: number;
  /** Windows of a recording; events of further ones are left out and counted. */
  windows: number;
  /** Entries of an archive. */
  members: number;
  /** Bytes of one entry of an archive. */
  memberBytes: number;
  /** Bytes that are read at once. */
  blockBytes: number;
  /** An object up to this length is parsed at once; longer ones are searched for lists first. */
  wholeBytes: number;
  /** Events that are held to be sorted by time, and the most bytes of these. */
  reorderEvents: number;
  reorderBytes: number;
  /** Bytes that an external sort collects before it writes them as one sorted run. */
  runBytes: number;
}

/** Far above any real recording. */
export const defaultLimits: ParseLimits = {
  inflatedBytes: 8_000_000_000,
  ...recordingCaps(defaultCaps),
  windows: 1000,
  members: 10_000,
  memberBytes: 64_000_000,
  blockBytes: 1 << 19,
  wholeBytes: 1 << 18,
  reorderEvents: 4096,
  reorderBytes: 16_000_000,
  runBytes: 32_000_000,
};
