import { EventType, IncrementalSource } from '../../recording/events';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { ChangeTree } from './change-tree';
import { customEvent, incremental, nodeId, type ConvertedEvent } from './rrweb-event';
import { SnapshotV1 } from './snapshot-v1';

/** The types of records (DataDog/rum-events-format e18f1d3b, schemas/session-replay). Some numbers mean something else in rrweb. */
const records = {
  fullSnapshot: 2,
  incremental: 3,
  meta: 4,
  focus: 6,
  viewEnd: 7,
  visualViewport: 8,
  frustration: 9,
  change: 12,
} as const;

/** The sources of incremental records. Number 9 is rrweb's canvas. */
const sources = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  mediaInteraction: 7,
  styleSheetRule: 8,
  pointerInteraction: 9,
} as const;

/** Converts the records of one view, in their order, to rrweb events. */
export class RecordConverter {
  private readonly v1 = new SnapshotV1();
  private readonly tree = new ChangeTree();
  private hasFocus = true;

  /**
   * Returns the events of a record. Empty for one that rrweb has nothing for; the docs page lists these. Undefined for one that can't be
   * read.
   */
  convert(record: JsonRecord): ConvertedEvent[] | undefined {
    const { type, data } = record;
    switch (type) {
      case records.fullSnapshot:
        return record.format === 1 ? this.tree.readFull(data) : this.v1.readFull(data);
      case records.change:
        return this.tree.readChanges(data);
      case records.incremental:
        return isRecord(data) ? this.convertIncremental(data) : undefined;
      case records.meta:
        return readMeta(data);
      case records.focus:
        return isRecord(data) ? this.readFocus(data.has_focus === true) : undefined;
      case records.frustration:
        return isRecord(data) ? [customEvent('frustration', { types: data.frustrationTypes ?? [] })] : undefined;
      case records.viewEnd:
      case records.visualViewport:
        return [];
      default:
        return undefined;
    }
  }

  private readFocus(hasFocus: boolean): ConvertedEvent[] {
    if (hasFocus === this.hasFocus) return [];
    this.hasFocus = hasFocus;
    // The names that the timeline knows from PostHog.
    return [customEvent(hasFocus ? 'window visible' : 'window hidden')];
  }

  private convertIncremental(data: JsonRecord): ConvertedEvent[] | undefined {
    switch (data.source) {
      case sources.mutation:
        return this.v1.readMutation(data);
      case sources.mouseMove:
      case sources.touchMove: {
        const positions = listOf(data.positions).filter(isRecord).flatMap(shifted);
        const source = data.source === sources.mouseMove ? IncrementalSource.MouseMove : IncrementalSource.TouchMove;
        return positions.length > 0 ? [incremental(source, { positions })] : undefined;
      }
      case sources.mouseInteraction:
        return one(IncrementalSource.MouseInteraction, data);
      case sources.scroll:
        return one(IncrementalSource.Scroll, data);
      case sources.input: {
        const text = typeof data.text === 'string' ? data.text : 'on';
        return one(IncrementalSource.Input, { ...data, text, isChecked: data.isChecked === true });
      }
      case sources.mediaInteraction:
        return one(IncrementalSource.MediaInteraction, data);
      case sources.styleSheetRule:
        return one(IncrementalSource.StyleSheetRule, data);
      case sources.viewportResize: {
        const { width, height } = data;
        return isFiniteNumber(width) && isFiniteNumber(height)
          ? [incremental(IncrementalSource.ViewportResize, { width, height })]
          : undefined;
      }
      // The same movements and clicks are recorded as those of the mouse.
      case sources.pointerInteraction:
        return [];
      default:
        return undefined;
    }
  }
}

function readMeta(data: unknown): ConvertedEvent[] | undefined {
  if (!isRecord(data) || !isFiniteNumber(data.width) || !isFiniteNumber(data.height)) return undefined;
  const href = typeof data.href === 'string' ? data.href : '';
  return [{ type: EventType.Meta, data: { href, width: data.width, height: data.height } }];
}

/** Returns an event with the data as it is, but for the node's number. */
function one(source: IncrementalSource, { source: _own, ...data }: JsonRecord): ConvertedEvent[] | undefined {
  const [shiftedData] = shifted(data);
  return shiftedData && [incremental(source, shiftedData)];
}

const shifted = (data: JsonRecord): JsonRecord[] =>
  isNodeId(data.id) ? [{ ...data, id: data.id < 0 ? data.id : nodeId(data.id) }] : [];
