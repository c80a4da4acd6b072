import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { readText } from '../exact-json';
import { isWebPage } from '../read-json';
import type { FetchReply } from '../source';

/** A page of segments. One segment is limited to a few megabytes by the recorder. */
const pageLimitBytes = 256_000_000;

/** A part of the records of one view, a few seconds long. */
export interface Segment {
  records: JsonRecord[];
  /** The number of records by the segment's own count. */
  expected: number;
  /** Its place among the segments of its view; undefined if the recorder didn't count. */
  index: number | undefined;
  startMs: number;
}

/**
 * Reads the segments of a reply. Datadog documents the request but not the body, so each JSON object with a list of records counts, in a list,
 * in lines, or in the `data` and `attributes` of Datadog's other replies. Throws `remote-shape` for anything else.
 */
export async function readSegments(reply: FetchReply): Promise<Segment[]> {
  if (isWebPage(reply.headers['content-type'])) {
    reply.discard();
    throw new CasementError('remote-web-page');
  }
  const text = await readText(reply, pageLimitBytes);
  if (text.trim() === '') return [];
  const values =
    parse(text) ??
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parseLine);
  return (Array.isArray(values) ? values : [values]).flatMap((value) => findSegments(value, 0));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parseLine(line: string): unknown {
  const value = parse(line);
  if (value === undefined) throw new CasementError('remote-not-json');
  return value;
}

/** How many lists and objects there may be around a segment. */
const wrapperLimit = 4;

function findSegments(value: unknown, depth: number): Segment[] {
  if (depth > wrapperLimit) throw unknownShape();
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => findSegments(item, depth + 1));
  if (!isRecord(value)) throw unknownShape();
  if (Array.isArray(value.records)) return [toSegment(value)];
  const inner = value.segments ?? value.data ?? value.attributes;
  if (inner === undefined) throw unknownShape();
  return findSegments(inner, depth + 1);
}

function toSegment(segment: JsonRecord): Segment {
  const all = listOf(segment.records);
  const { records_count, index_in_view, start } = segment;
  const records = all.filter(isRecord);
  return {
    records,
    expected: Math.max(all.length, isFiniteNumber(records_count) ? records_count : 0),
    index: isFiniteNumber(index_in_view) ? index_in_view : undefined,
    startMs: isFiniteNumber(start) ? start : timeOf(records[0]),
  };
}

const timeOf = (record: JsonRecord | undefined): number => (isFiniteNumber(record?.timestamp) ? record.timestamp : 0);

const unknownShape = (): CasementError => new CasementError('remote-shape', { place: refusals.replyPart.body });
