/** rrweb's names for the parts of a recording, re-exported from `@rrweb/types` so that they follow the recorder. */
export { EventType, IncrementalSource, MouseInteractions, NodeType, PointerTypes } from '@rrweb/types';

import { EventType, type IncrementalSource } from '@rrweb/types';
import type { RecordedEvent } from '../../contract/recorded-event';
import { isRecord, type JsonRecord } from './json';

/** Returns the data of an incremental event of one source, or undefined for any other event. Its fields are still unchecked. */
export function incrementalData(event: RecordedEvent, source: IncrementalSource): JsonRecord | undefined {
  if (event.type !== EventType.IncrementalSnapshot || !isRecord(event.data)) return undefined;
  return event.data.source === source ? event.data : undefined;
}

/** The names of rrweb's two plugins that Casement reads; the version after `@` may differ. */
export const consolePlugin = 'rrweb/console';
export const networkPlugin = 'rrweb/network';
