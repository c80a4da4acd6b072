import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import { words } from '../contract/words/cli';
import { platforms } from '../core/sources/platforms';
import { recognizeText } from '../core/sources/recognize';
import type { Source } from '../core/sources/source';
import { withRetries } from './download';
import type { SourcePlace } from './source-file';
import type { Terminal } from './terminal';

/** The most sessions that are pulled of a user, newest first. */
export const mostSessions = 100;

interface FoundSessions {
  /** Each once, though lists that grow repeat some on their next page. */
  ids: string[];
  /** There are more than `mostSessions`. */
  isLong: boolean;
  /** The platform or its source ended the list early. */
  isListCut: boolean;
  /** The number of sessions that can't be downloaded: their ids are invalid. */
  unusable: number;
}

/** Returns the sessions of a user. Throws search-no-email, and the errors of the source. */
export async function findSessions(source: Source, email: string, terminal: Terminal): Promise<FoundSessions> {
  const { signal } = terminal;
  if (!source.capabilities.search.includes('email')) throw new CasementError('search-no-email');
  const ids = new Set<string>();
  let isListCut = false;
  let unusable = 0;
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const asked = cursor;
    const page = await withRetries(() => source.search({ email }, asked, signal), terminal);
    for (const { remoteId } of page.sessions) ids.add(remoteId);
    unusable += page.unusable ?? 0;
    isListCut ||= page.isTruncated && !page.unusable;
    ({ cursor } = page);
  } while (cursor !== undefined && ids.size <= mostSessions);
  return { ids: [...ids].slice(0, mostSessions), isLong: ids.size > mostSessions, isListCut, unusable };
}

/** A source of the command line needs no ID; it is the only one. */
const unnamed = v.parse(ConnectionId, 'c-00000000');

export const isLink = (text: string): boolean => /^\s*https?:\/\//i.test(text);

/**
 * Returns the sessions that a link or an id means to a source, as the app reads a pasted text. Throws usage for a link that is of another
 * server or not of a session, and the errors of the source.
 */
export async function findSession(
  source: Source,
  text: string,
  { kind, origin, place }: Pick<SourcePlace, 'kind' | 'origin' | 'place'>,
  terminal: Terminal,
): Promise<string[]> {
  const { readings } = recognizeText(text, [{ id: unnamed, kind, origin, place, source }], platforms);
  const reading = readings.find(({ by }) => by === 'sessionId');
  if (!reading) {
    if (isLink(text)) throw new CasementError('usage', { reason: words.badLink });
    return [];
  }
  const query = { sessionId: reading.text };
  const { sessions } = await withRetries(() => source.search(query, undefined, terminal.signal), terminal);
  return [...new Set(sessions.map(({ remoteId }) => remoteId))];
}
