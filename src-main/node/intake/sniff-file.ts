import { caseMediaType } from '../../contract/case-format';
import { matchesCode, type CasementError } from '../../contract/errors';
import { unreadableWords } from '../../contract/words/recording';
import { openText, readHead, type RecordingInput } from '../../core/recording/parse/input';
import { isGzip } from '../../core/bytes';
import { isTar } from '../../core/recording/parse/tar';
import { isZip } from '../case-archive/is-case-file';
import { isEncrypted } from '../case-archive/passphrase';
import { inflatePorts } from './inflate-ports';

/** What a folder holds besides recordings, such as pictures, is known by its beginning; the rest of it isn't read. */
const headBytes = 4096;

/** Where a ZIP has the name and the content of its first entry, of which a case file's is its media type. */
const firstEntry = { start: 30, end: 30 + 'mimetype'.length + 64 + caseMediaType.length };

/**
 * Whether a file is surely neither a recording nor a case file. Of a ZIP only one that says it is a case file, or is called one, is taken
 * for one: documents of many programs are ZIPs. Errors: those of the input.
 */
export async function looksForeign(input: RecordingInput, name: string): Promise<boolean> {
  const head = await headOf(input.open(), headBytes);
  if (isEncrypted(head) || isGzip(head) || isTar(head)) return false;
  if (isZip(head)) return !/\.casement$/i.test(name) && !saysCase(head);
  return head.includes(0);
}

/** So far is looked for the beginning of an event; nodes of a page are numbered by type like events. */
const eventsWithin = 65_536;
const numberedType = /"type\\*"\s*:\s*\d/;
/** A list of packed events, or one: zlib's first byte in a string. */
const packedEvent = /^\s*\[?\s*"x/;

/**
 * Whether what could not be read, for this reason, is no recording at all rather than a damaged one. A damaged one begins with events of
 * which some can be made out. Errors: those of the input.
 */
export async function isForeign(input: RecordingInput, name: string, error: CasementError): Promise<boolean> {
  if (matchesCode(error.code, 'recording-empty')) return !/\.(casement|json|jsonl|ndjson|gz)$/i.test(name);
  if (!matchesCode(error.code, 'recording-unreadable', 'recording-truncated')) return false;
  // Whatever it was, nobody can tell any more.
  if (error.details?.reason === unreadableWords.compressed) return false;
  const head = await headOf(
    openText(input, inflatePorts, () => undefined),
    eventsWithin,
  );
  const text = Buffer.from(head).toString('latin1');
  return !numberedType.test(text) && !packedEvent.test(text);
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
