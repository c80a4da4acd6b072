import { formatClock, formatRelative } from './document';
import { markup, type Html } from './html-text';

export function writeRelative(atMs: number): Html {
  return markup`<time datetime="PT${(atMs / 1000).toFixed(3)}S">${formatRelative(atMs)}</time>`;
}

export function writeClock(wallMs: number | null): Html {
  if (wallMs === null) return markup``;
  return writeMoment(formatClock(wallMs));
}

/** Writes a time that is already in ISO 8601. */
export function writeMoment(clock: string): Html {
  return markup`<time datetime="${clock}">${clock.replace('T', ' ').replace('Z', '')}</time>`;
}
