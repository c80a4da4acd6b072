import type { Policy, RedactionReport } from '../../contract/policy';
import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import { DomModel } from '../recording/dom-model';
import { EventType } from '../recording/events';
import { isRecord, type JsonRecord } from '../recording/json';
import type { Entities } from './entities/entity';
import { redactIncremental, type WindowState } from './events/incremental';
import { plainPlace } from './events/pointer';
import { redactPlugin } from './events/plugins';
import { createKit, type Kit } from './kit';
import { InputEpisodes } from './page/input-episodes';
import { redactNode } from './page/redact-node';

/** Where relative times begin: 1 January 2000, 00:00 UTC. */
export const relativeStart = 946_684_800_000;

/**
 * Redacts a session event by event, in the order of time. Each event is written anew from fields that are known to be harmless or
 * were masked; nothing is copied and then cleaned, so what isn't known never passes. It never throws and never changes its input.
 */
export interface Redactor {
  /** What may leave now: none, one, or several events in the order of time. What is typed is held back until the field is left. */
  redact(event: SessionEvent): SessionEvent[];
  /** What was still held back, once the last event was given. */
  finish(): SessionEvent[];
  /** What was hidden so far, as counts. */
  report(): RedactionReport;
}

export interface RedactorOptions {
  /** Wall clock of the session's first event, ms; under relative times it becomes 1 January 2000. */
  startedAt: number;
  /** Private values that a first pass over the same events found; they are hidden wherever they stand. */
  entities?: Entities;
}

export function createRedactor(policy: Policy, { startedAt }: RedactorOptions): Redactor {
  const kit = createKit(policy);
  const windows = new Map<string, WindowState>();
  let eventsIn = 0;
  let eventsOut = 0;

  function windowState(windowId: string): WindowState {
    let state = windows.get(windowId);
    if (!state) windows.set(windowId, (state = { model: new DomModel(), inputs: new InputEpisodes() }));
    return state;
  }

  return {
    redact({ windowId, event }) {
      eventsIn++;
      const data = redactData(event, windowState(windowId), kit);
      if (!data) return [];
      eventsOut++;
      const at = policy.times === 'relative' ? relativeStart + event.timestamp - startedAt : event.timestamp;
      const timestamp = Number.isSafeInteger(Math.round(at)) ? Math.round(at) : relativeStart;
      return [{ windowId: kit.names.name('window', windowId), event: { type: event.type, data, timestamp } }];
    },
    finish: () => [],
    report() {
      const { name, policyVersion, floor = null } = policy;
      return { policy: name, policyVersion, floor, eventsIn, eventsOut, ...kit.tally.counts() };
    },
  };
}

function redactData(event: RecordedEvent, window: WindowState, kit: Kit): JsonRecord | undefined {
  if (event.type === EventType.IncrementalSnapshot) return redactIncremental(event, window, kit);
  const written = redactWhole(event, window, kit);
  if (!written) kit.tally.drop(event.type === EventType.Asset ? 'asset' : 'event');
  return written;
}

function redactWhole(event: RecordedEvent, window: WindowState, kit: Kit): JsonRecord | undefined {
  if (event.type === EventType.DomContentLoaded || event.type === EventType.Load) return {};
  const { data } = event;
  if (!isRecord(data)) return undefined;
  switch (event.type) {
    case EventType.FullSnapshot:
      window.inputs.end();
      window.model.apply(event);
      return redactSnapshot(data, kit);
    case EventType.Meta:
      return redactMeta(data, kit);
    case EventType.Plugin:
      return redactPlugin(data, kit);
    case EventType.Custom:
      kit.tally.drop('custom');
      return { tag: redactTag(data.tag, kit), payload: {} };
    case EventType.Annotation:
      return redactAnnotation(data, kit);
    default:
      return undefined;
  }
}

function redactSnapshot(data: JsonRecord, kit: Kit): JsonRecord | undefined {
  const node = redactNode(data.node, 'words', kit);
  const offset = isRecord(data.initialOffset) ? data.initialOffset : {};
  return node && { node, initialOffset: { top: plainPlace(offset.top) ?? 0, left: plainPlace(offset.left) ?? 0 } };
}

function redactMeta({ href, width, height }: JsonRecord, kit: Kit): JsonRecord {
  kit.tally.mask('url');
  return {
    href: kit.maskUrl(typeof href === 'string' ? href : ''),
    width: plainPlace(width) ?? 0,
    height: plainPlace(height) ?? 0,
  };
}

/** The tag of a custom event if it is made of readable words; else no more than that there was one. */
function redactTag(tag: unknown, kit: Kit): string {
  const words = typeof tag === 'string' && tag.length <= 60 ? tag.split(/[-_.\s]/) : [''];
  return words.every((word) => kit.words.has(word)) ? words.join('-') : 'custom';
}

function redactAnnotation({ type, text }: JsonRecord, kit: Kit): JsonRecord {
  const masked = typeof text === 'string' ? kit.maskText(text) : null;
  if (masked?.includes('•') === true) kit.tally.mask('annotation');
  return type === 'caption' ? { type: 'caption', text: masked } : { type: 'timelineMarker', text: masked ?? '' };
}
