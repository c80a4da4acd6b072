import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { pathSegment } from '../path-segment';
import type { FetchPort, OpenOptions, OpenRecording, RecordingState } from '../source';
import { readRemoteId } from './replay-name';
import { readResult } from './reply';

/** A replay covers minutes. */
const replayLimitBytes = 256_000_000;
const linesInPart = 500;

export function openRollbar(fetch: FetchPort, remoteId: string, { signal }: OpenOptions = {}): OpenRecording {
  const state: RecordingState = { completeness: [], mutableUntil: undefined };
  async function* parts(): OpenRecording['parts'] {
    const { events, expected } = await fetchEvents(fetch, remoteId, signal);
    state.completeness = [{ unit: 'events', received: events.length, expected }];
    const encoder = new TextEncoder();
    for (let start = 0; start < events.length; start += linesInPart) {
      const lines = events.slice(start, start + linesInPart).map((event) => `${JSON.stringify(event)}\n`);
      yield { bytes: encoder.encode(lines.join('')), isDocumentEnd: true, resume: undefined };
    }
  }
  return { parts: parts(), facts: () => ({ ...state }) };
}

interface ReplayEvents {
  events: JsonRecord[];
  /** The number that Rollbar announces. */
  expected: number;
}

/** Throws `remote-not-found` and the other errors of the request, and `remote-shape`. */
export async function fetchEvents(fetch: FetchPort, remoteId: string, signal?: AbortSignal): Promise<ReplayEvents> {
  const name = readRemoteId(remoteId);
  if (!name) throw new CasementError('remote-not-found');
  const { environment, sessionId, replayId } = name;
  const session = `/api/1/environment/${pathSegment(environment)}/session/${pathSegment(sessionId)}`;
  const reply = await fetch({ method: 'GET', path: `${session}/replay/${pathSegment(replayId)}`, signal });
  return readEvents(await readResult(reply, replayLimitBytes, 'session'));
}

/**
 * Returns the rrweb events of a replay. The form of the result is documented nowhere. The recorder sends OpenTelemetry spans whose events hold
 * them (rollbar/rollbar.js bcc8174e, src/browser/replay/recorder.js and src/tracing/exporter.js); rrweb's own events are read as well. Throws
 * `remote-shape` for anything else.
 */
function readEvents(result: unknown): ReplayEvents {
  const items = findItems(result, 0);
  if (items.length === 0) throw new CasementError('remote-shape', { place: refusals.replyPart.body });
  const events = items.flatMap((item): JsonRecord[] => {
    const event = toEvent(item);
    return event ? [event] : [];
  });
  const announced = isRecord(result) ? result.event_count : undefined;
  return { events, expected: Math.max(items.length, isFiniteNumber(announced) ? announced : 0) };
}

/** Keys of the lists around the events, in OpenTelemetry's traces and in Rollbar's other replies. */
const listKeys = ['resourceSpans', 'scopeSpans', 'spans', 'events', 'data', 'payload', 'replay'];
const wrapperLimit = 8;
/** The name of the events of a span that hold those of rrweb. */
const recordedName = 'rrweb-replay-events';

function findItems(value: unknown, depth: number): JsonRecord[] {
  if (depth > wrapperLimit) return [];
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => findItems(item, depth + 1));
  if (!isRecord(value)) return [];
  if (value.name === recordedName || isEvent(value)) return [value];
  return listKeys.flatMap((key) => (value[key] === undefined ? [] : findItems(value[key], depth + 1)));
}

const isEvent = ({ type, timestamp, data }: JsonRecord): boolean =>
  isFiniteNumber(type) && isFiniteNumber(timestamp) && data !== undefined;

function toEvent(item: JsonRecord): JsonRecord | undefined {
  if (isEvent(item)) return item;
  const type = Number(attributeOf(item, 'eventType'));
  const json = attributeOf(item, 'json');
  const timestamp = millisecondsOf(item.timeUnixNano);
  if (typeof json !== 'string' || !Number.isInteger(type) || timestamp === undefined) return undefined;
  try {
    return { type, timestamp, data: JSON.parse(json) as unknown };
  } catch {
    return undefined;
  }
}

/** Returns an attribute in OpenTelemetry's form, a list of keys and typed values, or as a plain member. */
function attributeOf({ attributes }: JsonRecord, name: string): unknown {
  if (isRecord(attributes)) return attributes[name];
  const found = listOf(attributes).find((attribute) => isRecord(attribute) && attribute.key === name);
  if (!isRecord(found) || !isRecord(found.value)) return undefined;
  return found.value.stringValue ?? found.value.intValue;
}

/** Nanoseconds as text or number. Their last digits don't fit into a number, and aren't needed. */
function millisecondsOf(nanoseconds: unknown): number | undefined {
  const text = typeof nanoseconds === 'number' ? String(Math.round(nanoseconds / 1e6)) : String(nanoseconds);
  if (typeof nanoseconds === 'number') return Number.isFinite(nanoseconds) ? Number(text) : undefined;
  return /^\d{7,22}$/.test(text) ? Number(text.slice(0, -6)) : undefined;
}
