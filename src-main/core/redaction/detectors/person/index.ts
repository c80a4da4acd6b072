import type { Detector } from '../finding';
import { seededNames } from './seeded';
import { findUnseededNames } from './unseeded';

/** Names of persons: those in `seeds` in any way of writing them, and others by lists of common names and by what stands around them. */
export function personDetector(seeds: readonly string[] = []): Detector {
  const findSeeded = seededNames(seeds);
  return (text) => findSeeded(text).concat(findUnseededNames(text));
}
