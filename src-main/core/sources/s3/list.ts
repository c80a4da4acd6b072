import { CasementError } from '../../../contract/errors';
import { readText } from '../exact-json';
import type { FetchPort } from '../source';
import { expectBucketStatus } from './errors';
import { childrenNamed, notAList, parseXml, textOfChild, type XmlElement } from './xml';

const listLimitBytes = 8_000_000;

export interface BucketFile {
  key: string;
  bytes: number;
  /** Last modified, ms since 1970. */
  modifiedAt: number;
}

export interface BucketList {
  files: BucketFile[];
  /** Entries that can't be read or can't be requested safely. */
  unread: number;
  next: string | undefined;
}

export interface ListQuery {
  prefix: string;
  limit: number;
  cursor?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Lists one page of a bucket's files (ListObjectsV2), ordered by name. Throws `remote-endless`, and `remote-not-list`
 * for another reply.
 */
export async function listBucket(fetch: FetchPort, root: string, query: ListQuery): Promise<BucketList> {
  const params = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', 'max-keys': String(query.limit) });
  if (query.prefix !== '') params.set('prefix', query.prefix);
  if (query.cursor !== undefined) params.set('continuation-token', query.cursor);
  // The signature and the request must encode spaces in the same way.
  const path = `${root}?${params.toString().replaceAll('+', '%20')}`;
  const reply = await fetch({ method: 'GET', path, accept: 'application/xml', signal: query.signal });
  await expectBucketStatus(reply, [200]);
  const document = parseXml(await readText(reply, listLimitBytes));
  if (document.name !== 'ListBucketResult') throw notAList();
  const isEscaped = textOfChild(document, 'EncodingType') === 'url';
  const entries = childrenNamed(document, 'Contents');
  const files = entries.flatMap((entry) => readFile(entry, isEscaped) ?? []);
  const isTruncated = textOfChild(document, 'IsTruncated') === 'true';
  const next = isTruncated ? textOfChild(document, 'NextContinuationToken') : undefined;
  if (isTruncated && (!next || next === query.cursor)) throw new CasementError('remote-endless');
  return { files, unread: entries.length - files.length, next };
}

function readFile(entry: XmlElement, isEscaped: boolean): BucketFile | undefined {
  const key = unescapeKey(textOfChild(entry, 'Key'), isEscaped);
  const bytes = Number(textOfChild(entry, 'Size') ?? NaN);
  const modifiedAt = Date.parse(textOfChild(entry, 'LastModified') ?? '');
  if (key === undefined || !Number.isSafeInteger(bytes) || bytes < 0 || Number.isNaN(modifiedAt)) return undefined;
  return { key, bytes, modifiedAt };
}

/** With `encoding-type=url`, names in a list are form-encoded. */
function unescapeKey(text: string | undefined, isEscaped: boolean): string | undefined {
  if (text === undefined || !isEscaped) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
