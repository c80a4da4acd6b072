/**
 * The gate: searches the finished bytes of an export for values of the recording. It shares no code with the redaction, so that it
 * does not repeat a mistake of the redaction.
 */
export type { Allowed } from './allowed';
export { createOriginalsCollector, joinOriginals, type Originals } from './originals';
export { createLeakCheck, type Found, type GatePorts, type LeakCheck } from './leak-check';
export { kindOfFound, locateLeak, momentOfLeak } from './locate-leak';
