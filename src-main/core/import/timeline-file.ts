import * as v from 'valibot';
import { TimelineEntry } from '../../contract/timeline';
import type { TimelineOnlyEvent } from '../sources/source';

/** In UTF-16 units. A line contains a few sentences; a longer one can't be valid. */
const longestLine = 200_000;
/** Further entries are counted as lost, because the sort needs half a megabyte of memory per run. */
const mostEntries = 1_000_000;
const mostChars = 2 ** 30;

const { kind, severity, windowId, verb, durationMs, facts, quotes } = TimelineEntry.entries;
const Line = v.strictObject({
  casement: v.literal('timeline'),
  at: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  kind,
  severity,
  windowId,
  verb,
  durationMs,
  facts,
  quotes,
}) satisfies v.GenericSchema<unknown, TimelineOnlyEvent>;
export type TimelineLine = v.InferOutput<typeof Line>;

/** The number of bytes that show whether a text is a timeline. */
export const timelineHeadBytes = 64;

/** Returns whether a text with this beginning consists of the lines of a source without replay. */
export function isTimelineText(head: Uint8Array): boolean {
  return /^\s*\{\s*"casement"\s*:\s*"timeline"/.test(new TextDecoder().decode(head.subarray(0, timelineHeadBytes)));
}

/** Reads the lines of a timeline. Yields undefined for one that is lost: it is invalid, or beyond the limits. Lines may be in any order. */
export async function* readTimelineLines(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<(TimelineLine | undefined)[]> {
  const decoder = new TextDecoder();
  let entries = 0;
  let chars = 0;
  let rest = '';
  const read = (line: string): (TimelineLine | undefined)[] => {
    if (line.trim() === '') return [];
    const parsed = v.safeParse(Line, line.length > longestLine ? undefined : parse(line));
    if (!parsed.success || entries >= mostEntries || chars >= mostChars) return [undefined];
    chars += line.length;
    entries++;
    return [parsed.output];
  };
  for await (const bytes of pieces) {
    const lines = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n');
    // Lines beyond the limit are lost anyway, so their rest needn't be kept.
    rest = (lines.pop() ?? '').slice(0, longestLine + 1);
    yield lines.flatMap(read);
  }
  yield read(rest);
}

/** Returns a line as an entry of a timeline that starts at that time, ms since 1970. */
export function toTimelineEntry({ casement: _mark, at, ...line }: TimelineLine, startedAt: number): TimelineEntry {
  return { ...line, atMs: at - startedAt, wallMs: at };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
