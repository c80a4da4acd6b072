/**
 * The gate: reads the finished bytes of an export and looks for what the recording held. It shares no code with the redaction
 * before it, so that a mistake there isn't made here again.
 */
export type { Allowed } from './allowed';
export { createOriginalsCollector, joinOriginals, type Originals } from './originals';
export { createLeakCheck, type GatePorts, type LeakCheck } from './leak-check';
export { locateLeak } from './locate-leak';
