import type { Policy, RedactionReport } from '../../contract/policy';
import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import { EventType, networkPlugin } from '../recording/events';
import { isRecord, listOf, type JsonRecord } from '../recording/json';
import { redactCustom } from './events/custom';
import { redactIncremental } from './events/incremental';
import { redactPlugin } from './events/plugins';
import { boundedNumber } from './events/pointer';
import { leaveFields } from './events/typing';
import type { RedactedEvent } from './events/redacted-event';
import type { FieldVisits } from './page/field-visits';
import { createRedactionContext, type RedactionContext, type RedactionContextOptions } from './redaction-context';
import type { Channel } from './redaction-counts';
import { redactNode } from './nodes/redact-node';
import { topLocation } from './nodes/text-location';

export { relativeStart } from './exported-time';

/**
 * Redacts a session event by event, in the order of time. It builds each event from fields that are known to be harmless or that were
 * masked. It never copies an event and then cleans it, so unknown fields never pass. It doesn't throw and doesn't change its input.
 */
export interface Redactor {
  /** Returns the events that can be exported now, in the order of time. Typed input is held back until the user leaves the field. */
  redact(event: SessionEvent): SessionEvent[];
  /** Returns the events that are still held back. Call it after the last event. */
  finish(): SessionEvent[];
  /** Returns how much was hidden so far. */
  report(): RedactionReport;
  /** Returns the masks and the recorded page of a window, with the last event applied. */
  contextOf(windowId: string): RedactionContext;
  /** Returns the name of a window in the export. */
  nameWindow(windowId: string): string;
  /** Returns true while the user is in a private field or area of any window, or moves the pointer over one. */
  isVisiting(): boolean;
  /** Returns true if the user was in a private field or area so far. */
  hasVisited(): boolean;
}

export interface RedactorOptions extends RedactionContextOptions {
  /** Wall clock of the session's first event, ms. With relative times it becomes 1 January 2000. */
  startedAt: number;
}

/** The channels that events are counted under if they are dropped. */
const channels = new Map<number, Channel>([
  [EventType.Asset, 'asset'],
  [EventType.Custom, 'custom'],
]);

/** The times of events in private elements are rounded down to multiples of this, ms. */
const privateStep = 1000;

/**
 * `entities` are the private values that a first pass over the same events found; they are hidden wherever they occur. `pseudonyms` are
 * shared by all sessions of an export; without them found values become dots.
 */
export function createRedactor(policy: Policy, { startedAt, ...options }: RedactorOptions): Redactor {
  const context = createRedactionContext(policy, { ...options, startedAt });
  const windows = new Map<string, RedactionContext>();
  let eventsIn = 0;
  let eventsOut = 0;
  let latest = startedAt;

  function contextOf(windowId: string): RedactionContext {
    let own = windows.get(windowId);
    if (!own) windows.set(windowId, (own = context.forWindow(windowId)));
    return own;
  }

  const nameWindow = (windowId: string): string => context.names.rename('window', windowId);

  /** Keeps the order of time: an event whose time is rounded down gets at least the time of the previous event. */
  function timeOf(at: number, isPrivate: boolean): number {
    const step = Math.floor((at - startedAt) / privateStep) * privateStep + startedAt;
    const exported = isPrivate && context.closes('times') ? Math.max(step, Math.min(latest, at)) : at;
    latest = Math.max(latest, exported);
    return context.exportedTime(exported);
  }

  function send(windowId: string, type: number, at: number, { data, isPrivate = false }: RedactedEvent): SessionEvent {
    eventsOut++;
    return {
      windowId: nameWindow(windowId),
      event: { type, data: context.scrub.event(data), timestamp: timeOf(at, isPrivate) },
    };
  }

  return {
    contextOf,
    nameWindow,
    isVisiting: () => [...windows.values()].some(({ page }) => page.visits.current !== undefined || page.isTouched),
    hasVisited: () => [...windows.values()].some(({ page }) => page.visits.count > 0),
    redact({ windowId, event }) {
      const own = contextOf(windowId);
      const { timestamp, type } = event;
      const { visits } = own.page;
      const wasVisiting = visits.current !== undefined;
      visits.now = timestamp;
      context.counts.isQuiet = wasVisiting && context.closes('counts');
      if (type === EventType.IncrementalSnapshot) {
        const written = redactIncremental(event, own);
        const isPrivate = wasVisiting || own.page.isTouched || visits.current !== undefined;
        eventsIn += isPrivate && context.closes('counts') ? written.length : 1;
        return written.map((one) => send(windowId, type, timestamp, one));
      }
      own.page.isTouched = false;
      const echo = context.closes('echoes') ? echoOf(event, own) : undefined;
      if (echo === 'repeated') return [];
      own.page.isEcho = echo === 'first';
      eventsIn++;
      const held = type === EventType.FullSnapshot ? leaveFields(own) : [];
      const sent = held.map((written) => send(windowId, EventType.IncrementalSnapshot, timestamp, written));
      const data = redactOther(event, own);
      if (data) sent.push(send(windowId, type, timestamp, { data, isPrivate: echo === 'first' }));
      else if (Object.values(EventType).includes(type)) context.counts.drop(channels.get(type) ?? 'event');
      else context.counts.dropUnknown('event', 'event');
      return sent;
    },
    finish() {
      return [...windows].flatMap(([windowId, own]) =>
        leaveFields(own).map((written) => send(windowId, EventType.IncrementalSnapshot, latest, written)),
      );
    },
    report() {
      const { name, policyVersion, floor = null } = policy;
      return { policy: name, policyVersion, floor, eventsIn, eventsOut, ...context.counts.snapshot() };
    },
  };
}

/** Returns whether this is one of many calls, messages or events that a page may make for each key. */
function echoOf({ type, data, timestamp }: RecordedEvent, { page, maskUrl }: RedactionContext): Echo {
  if ((type !== EventType.Plugin && type !== EventType.Custom && type !== EventType.Annotation) || !isRecord(data))
    return undefined;
  const name = typeof data.plugin === 'string' ? data.plugin : typeof data.tag === 'string' ? data.tag : '';
  const kind = `${type} ${name}`;
  const payload = isRecord(data.payload) ? data.payload : {};
  if (!name.startsWith(networkPlugin)) return page.visits.echo(`${kind} ${String(payload.level)}`, timestamp);
  // A batch stays if one of its requests is of a new kind.
  const echoes = listOf(payload.requests).map((request) => {
    const { name: address, method, status } = isRecord(request) ? request : {};
    const route = typeof address === 'string' ? maskUrl(address) : '';
    return page.visits.echo(`${kind} ${String(method)} ${String(status)} ${route}`, timestamp);
  });
  if (echoes.length === 0) return page.visits.echo(kind, timestamp);
  return echoes.includes('first') ? 'first' : echoes[0];
}

type Echo = ReturnType<FieldVisits['echo']>;

function redactOther(event: RecordedEvent, context: RedactionContext): JsonRecord | undefined {
  if (event.type === EventType.DomContentLoaded || event.type === EventType.Load) return {};
  const { data } = event;
  if (!isRecord(data)) return undefined;
  switch (event.type) {
    case EventType.FullSnapshot:
      context.page.model.apply(event);
      context.page.begin();
      return redactSnapshot(data, context);
    case EventType.Meta:
      context.page.model.apply(event);
      return redactMeta(data, context);
    case EventType.Plugin:
      return redactPlugin(data, event.timestamp, context);
    case EventType.Custom:
      return redactCustom(data, event.timestamp, context);
    case EventType.Annotation:
      return redactAnnotation(data, context);
    default:
      return undefined;
  }
}

function redactSnapshot(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  const node = redactNode(data.node, topLocation, context);
  const offset = isRecord(data.initialOffset) ? data.initialOffset : {};
  return (
    node && { node, initialOffset: { top: boundedNumber(offset.top) ?? 0, left: boundedNumber(offset.left) ?? 0 } }
  );
}

function redactMeta({ href, width, height }: JsonRecord, context: RedactionContext): JsonRecord {
  context.counts.mask('url');
  return {
    href: context.maskUrl(typeof href === 'string' ? href : ''),
    width: boundedNumber(width) ?? 0,
    height: boundedNumber(height) ?? 0,
  };
}

function redactAnnotation({ type, text }: JsonRecord, context: RedactionContext): JsonRecord {
  const masked = typeof text === 'string' ? context.maskText(text) : null;
  if (masked?.includes('•') === true) context.counts.mask('annotation');
  return type === 'caption' ? { type: 'caption', text: masked } : { type: 'timelineMarker', text: masked ?? '' };
}
