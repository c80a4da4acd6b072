import { caseMediaType } from '../../contract/case-format';
import { matchesCode, type CasementError } from '../../contract/errors';
import { unreadableWords } from '../../contract/words/recording';
import { isTimelineText, timelineHeadBytes } from '../../core/import/timeline-file';
import { openText, readHead, type RecordingInput } from '../../core/recording/parse/input';
import { isGzip } from '../../core/bytes';
import { isTar } from '../../core/recording/parse/tar';
import { isZip } from '../case-archive/is-case-file';
import { isEncrypted } from '../case-archive/passphrase';
import { inflatePorts } from './inflate-ports';

/** Other files in a folder, such as images, are recognised by their first bytes. */
const headBytes = 4096;

/** The position of the name and contents of a ZIP's first entry; in a case file, its media type. */
const firstEntry = { start: 30, end: 30 + 'mimetype'.length + 64 + caseMediaType.length };

/**
 * Returns true if a file is certainly neither a recording nor a case file. Many programs write ZIPs, so a ZIP counts as
 * a case file only if its media type or its name says so. Throws the input's errors.
 */
export async function looksForeign(input: RecordingInput, name: string): Promise<boolean> {
  const head = await headOf(input.open(), headBytes);
  if (isEncrypted(head) || isGzip(head) || isTar(head)) return false;
  if (isZip(head)) return !/\.casement$/i.test(name) && !saysCase(head);
  return head.includes(0);
}

/** Search range for the start of an event. The nodes of a page have numbered types, as events do. */
const eventsWithin = 65_536;
const numberedType = /"type\\*"\s*:\s*\d/;
/** A packed event or a list of them: zlib's first byte in a string. */
const packedEvent = /^\s*\[?\s*"x/;

/**
 * Returns true if a file that failed with this error is not a recording rather than a damaged one. The beginning of a
 * damaged recording contains recognisable events. Throws the input's errors.
 */
export async function isForeign(input: RecordingInput, name: string, error: CasementError): Promise<boolean> {
  if (matchesCode(error.code, 'recording-empty')) return !/\.(casement|json|jsonl|ndjson|gz)$/i.test(name);
  if (!matchesCode(error.code, 'recording-unreadable', 'recording-truncated')) return false;
  // It can't be determined any more.
  if (error.details?.reason === unreadableWords.compressed) return false;
  const head = await headOf(
    openText(input, inflatePorts, () => undefined),
    eventsWithin,
  );
  const text = Buffer.from(head).toString('latin1');
  return !numberedType.test(text) && !packedEvent.test(text);
}

/** Returns true if a file is the timeline of a source without replay. Throws the input's errors. */
export async function isTimelineFile(input: RecordingInput): Promise<boolean> {
  return isTimelineText(await headOf(input.open(), timelineHeadBytes));
}

async function headOf(source: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array> {
  const { head, all } = await readHead(source, count);
  await all.return();
  return head;
}

function saysCase(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(firstEntry.start, firstEntry.end)).toString('latin1');
  return text.startsWith('mimetype') && text.includes(caseMediaType);
}
