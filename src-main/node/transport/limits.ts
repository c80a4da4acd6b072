import { defaultCaps, type Caps } from '../../contract/settings';

/** What one exchange may cost; the user sets the caps. Times in ms, sizes in bytes. */
export interface TransportLimits extends Pick<Caps, 'totalMs' | 'headerBytes' | 'wireBytes' | 'inflatedBytes'> {
  /** Name look-up, TCP and TLS. */
  connectMs: number;
  /** From the first packet to the end of the reply's head, connecting included. */
  answerMs: number;
  /** The longest silence within a body, while we wait for it. */
  idleMs: number;
  /** A longer wait for the platform's limit is handed to the user instead, unless a job shows it. */
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

/** A size as the error sentences say it. */
export function sizeText(bytes: number): string {
  if (bytes >= megabyte) return `${Math.round(bytes / megabyte)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} bytes`;
}
