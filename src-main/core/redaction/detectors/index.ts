/** Finds personal and secret values in a text by their form and their context. */
export { createDetectors, type Detectors } from './create-detectors';
export type { Finding } from './finding';
