import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import type { FetchReply } from '../source';

const longestHeader = 20_000;
const link = /<[^>]*>((?:\s*;\s*\w+="[^"]*")*)/g;
const attribute = /;\s*(\w+)="([^"]*)"/g;

/**
 * Returns the next page's cursor from a `Link` header; undefined on the last page. Never follow the address next to it,
 * which could send the key elsewhere. Throws `remote-shape` for an invalid cursor.
 */
export function readNextCursor(header: string | undefined): string | undefined {
  for (const [, attributes = ''] of (header ?? '').slice(0, longestHeader).matchAll(link)) {
    const { rel, results, cursor } = Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, name = '', value = '']) => [name, value]),
    );
    if (rel !== 'next' || results !== 'true') continue;
    if (cursor !== undefined && /^[\w:.-]{1,200}$/.test(cursor)) return cursor;
    throw new CasementError('remote-shape', { place: refusals.replyPart.linkHeader });
  }
  return undefined;
}

/** Does the same for a reply, and discards it if the cursor is invalid. */
export function takeNextCursor(reply: FetchReply): string | undefined {
  try {
    return readNextCursor(reply.headers.link);
  } catch (error) {
    reply.discard();
    throw error;
  }
}
