import type { RemoteSession } from '../../../src-main/contract/session';

/** Long enough to act before the platform deletes the recording, short enough that most rows have no mark. */
const noticeMs = 7 * 24 * 3_600_000;

/** Returns whether a recording expires soon, or has expired. */
export function isExpiring(expiresAt: number, nowMs: number): boolean {
  return expiresAt - nowMs <= noticeMs;
}

/** Returns whether the platform reports anything that the row marks below the user. */
export function hasMarks({ isLive, isMobile, expiresAt }: RemoteSession, nowMs: number): boolean {
  const isSoon = expiresAt !== undefined && isExpiring(expiresAt, nowMs);
  return isLive === true || isMobile === true || isSoon;
}
