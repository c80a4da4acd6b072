import { defaultCaps, type Caps } from '../../contract/settings';

/** The limits of one exchange; the settings provide the caps. Times in ms, sizes in bytes. */
export interface TransportLimits extends Pick<Caps, 'totalMs' | 'headerBytes' | 'wireBytes' | 'inflatedBytes'> {
  /** DNS, TCP and TLS. */
  connectMs: number;
  /** From the start of the connection to the end of the reply's head. */
  answerMs: number;
  /** The longest pause within a body while we wait for it. */
  idleMs: number;
  /** A request fails instead of waiting longer for the platform's limit, unless a job shows the wait. */
  longestWaitMs: number;
}

const megabyte = 1024 * 1024;

export const defaultLimits: Readonly<TransportLimits> = {
  connectMs: 10_000,
  answerMs: 30_000,
  idleMs: 20_000,
  totalMs: defaultCaps.totalMs,
  headerBytes: defaultCaps.headerBytes,
  wireBytes: defaultCaps.wireBytes,
  inflatedBytes: defaultCaps.inflatedBytes,
  longestWaitMs: 30_000,
};

/** Formats a size for an error sentence. */
export function sizeText(bytes: number): string {
  if (bytes >= megabyte) return `${Math.round(bytes / megabyte)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} bytes`;
}
