import { isNodeId, isRecord, type JsonRecord } from '../json';

/** The custom event of recorders that record when an element enters or leaves full screen, which changes no node. */
const fullscreenTag = 'rrweb/fullscreen';

export interface FullscreenChange {
  id: number;
  isEntered: boolean;
}

/** Reads the data of a custom event. Returns undefined if it is another one. */
export function readFullscreen(data: unknown): FullscreenChange | undefined {
  if (!isRecord(data) || data.tag !== fullscreenTag || !isRecord(data.payload)) return undefined;
  const { id, enter } = data.payload;
  return isNodeId(id) && typeof enter === 'boolean' ? { id, isEntered: enter } : undefined;
}

export function writeFullscreen({ id, isEntered }: FullscreenChange): JsonRecord {
  return { tag: fullscreenTag, payload: { id, enter: isEntered } };
}
