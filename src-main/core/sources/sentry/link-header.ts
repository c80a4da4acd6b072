import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import type { FetchReply } from '../source';

const longestHeader = 20_000;
const link = /<[^>]*>((?:\s*;\s*\w+="[^"]*")*)/g;
const attribute = /;\s*(\w+)="([^"]*)"/g;

/**
 * The cursor of the next page, out of a `Link` header; undefined where there is no further one. The address beside it is never
 * followed: with the key it would go wherever the server says. Throws `remote-shape` for a cursor that is none.
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

/** The same of a reply; lets go of it where the cursor is none. */
export function takeNextCursor(reply: FetchReply): string | undefined {
  try {
    return readNextCursor(reply.headers.link);
  } catch (error) {
    reply.discard();
    throw error;
  }
}
