import { showClock, showRelative } from './document';
import { markup, type Html } from './html-text';

export function writeRelative(atMs: number): Html {
  return markup`<time datetime="PT${(atMs / 1000).toFixed(3)}S">${showRelative(atMs)}</time>`;
}

export function writeClock(wallMs: number | null): Html {
  if (wallMs === null) return markup``;
  return writeMoment(showClock(wallMs));
}

/** A moment that is written as ISO 8601 already. */
export function writeMoment(clock: string): Html {
  return markup`<time datetime="${clock}">${clock.replace('T', ' ').replace('Z', '')}</time>`;
}
