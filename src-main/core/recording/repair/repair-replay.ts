import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, incrementalData, NodeType } from '../events';
import { isRecord, listOf, type JsonRecord } from '../json';
import { separateAfterBody } from '../model/after-body';
import { DomModel } from '../model/dom-model';
import { readFullscreen } from '../model/fullscreen';
import { fullscreenAttribute, fullscreenRules, showFullscreenRules } from './fullscreen-rules';
import { losesSheets } from './loses-sheets';

export interface RepairedEvents {
  events: RecordedEvent[];
  /** CSS rules that each document of the replay needs in addition. */
  rules: readonly string[];
}

/**
 * Rewrites the events of one window so that rrweb's Replayer shows what the user saw. It adds events and never changes a given one. The
 * Replayer
 * - loses style sheets that are adopted before their host has a shadow root, and those of a host that is inserted again;
 * - loses the documents of cross-origin iframes at a further snapshot of the same page, which doesn't contain them;
 * - leaves the adopted style sheets of a page to the next page;
 * - moves the body of a page behind the nodes that follow it;
 * - doesn't show full screen.
 */
export function repairReplay(recorded: readonly RecordedEvent[]): RepairedEvents {
  const fullscreen = recorded.some(({ type, data }) => type === EventType.Custom && readFullscreen(data) !== undefined);
  const events: RecordedEvent[] = [];
  const model = needsModel(recorded, fullscreen) ? new DomModel() : undefined;
  let shownId: number | undefined;
  let hasAdopted = false;
  for (const event of recorded) {
    const added = separate(event);
    events.push(added?.event ?? event);
    const add = (data: JsonRecord): void => {
      events.push({ type: EventType.IncrementalSnapshot, data, timestamp: event.timestamp });
    };
    if (added) add(mutation({ adds: added.adds }));
    if (event.type === EventType.FullSnapshot && hasAdopted) {
      hasAdopted = false;
      const documentId = isRecord(event.data) && isRecord(event.data.node) ? event.data.node.id : undefined;
      add({ source: IncrementalSource.AdoptedStyleSheet, id: documentId, styleIds: [] });
    }
    hasAdopted ||= incrementalData(event, IncrementalSource.AdoptedStyleSheet) !== undefined;
    model?.apply(event);
    for (const data of model?.restored ?? []) add(data);
    if (!fullscreen) continue;
    const isNewPage = event.type === EventType.FullSnapshot;
    const before = isNewPage ? undefined : shownId;
    shownId = model ? model.fullscreenId : nextFullscreen(event, before);
    if (shownId === before) continue;
    const attributes = [...mark(before, null), ...mark(shownId, '')];
    if (attributes.length > 0) add(mutation({ attributes }));
  }
  if (!fullscreen) return { events, rules: [] };
  return { events: events.map(showFullscreenRules), rules: fullscreenRules };
}

/** Only the page model knows what a snapshot leaves out and which hosts are in the page. Most recordings need neither. */
function needsModel(recorded: readonly RecordedEvent[], fullscreen: boolean): boolean {
  const snapshots = recorded.filter(({ type }) => type === EventType.FullSnapshot).length;
  if (snapshots > 1 && (fullscreen || recorded.some(attachesDocument))) return true;
  return losesSheets(recorded);
}

function attachesDocument(event: RecordedEvent): boolean {
  const data = incrementalData(event, IncrementalSource.Mutation);
  return listOf(data?.adds).some((add) => isRecord(add) && isRecord(add.node) && add.node.type === NodeType.Document);
}

/** Takes the nodes after the body out of a snapshot, or out of the document of an iframe. Undefined if there are none. */
function separate(event: RecordedEvent): { event: RecordedEvent; adds: JsonRecord[] } | undefined {
  const { data } = event;
  if (event.type === EventType.FullSnapshot && isRecord(data) && isRecord(data.node)) {
    const { node, adds } = separateAfterBody(data.node);
    return adds.length === 0 ? undefined : { event: { ...event, data: { ...data, node } }, adds };
  }
  if (!attachesDocument(event) || !isRecord(data)) return undefined;
  const later: JsonRecord[] = [];
  const adds = listOf(data.adds).map((add) => {
    if (!isRecord(add) || !isRecord(add.node) || add.node.type !== NodeType.Document) return add;
    const { node, adds } = separateAfterBody(add.node);
    later.push(...adds);
    return { ...add, node };
  });
  return later.length === 0 ? undefined : { event: { ...event, data: { ...data, adds } }, adds: later };
}

function nextFullscreen({ type, data }: RecordedEvent, before: number | undefined): number | undefined {
  const change = type === EventType.Custom ? readFullscreen(data) : undefined;
  if (!change) return before;
  if (change.isEntered) return change.id;
  return change.id === before ? undefined : before;
}

function mark(id: number | undefined, value: string | null): JsonRecord[] {
  return id === undefined ? [] : [{ id, attributes: { [fullscreenAttribute]: value } }];
}

function mutation(data: JsonRecord): JsonRecord {
  return { source: IncrementalSource.Mutation, texts: [], attributes: [], removes: [], adds: [], ...data };
}
