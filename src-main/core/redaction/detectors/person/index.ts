import type { Detector } from '../finding';
import { seededNames } from './seeded';
import { findUnseededNames } from './unseeded';

/** Returns a detector of person names: those in `seeds` in any spelling, and others by lists of common names and by context. */
export function personDetector(seeds: readonly string[] = []): Detector {
  const findSeeded = seededNames(seeds);
  return (text) => findSeeded(text).concat(findUnseededNames(text));
}
