/** Finds personal and secret values in a text by their form and by what stands around them. */
export { createDetectors, type Detectors } from './create-detectors';
export type { Finding } from './finding';
