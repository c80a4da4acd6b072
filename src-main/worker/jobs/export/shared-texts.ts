import type { StoredSession } from '../../../contract/session';
import { TextCount, type SharedTexts, type Viewer } from '../../../core/redaction/shared-texts';
import type { Vault } from '../../../node/vault/vault';
import type { Job } from '../job';

/** The methods of the vault that counting needs. */
export type CountedVault = Pick<Vault, 'list' | 'readTexts'>;

interface Seen {
  id: string;
  viewer: Viewer;
}

/**
 * Returns the user of a session, or undefined if the user can't be identified. An email identifies a user in the entire vault; other names
 * only within their source, since the same person may have another name elsewhere. Device and account numbers aren't counted as names, since
 * one person has several.
 */
export function viewerOf({ from, title, remoteId, connectionId }: StoredSession): Viewer | undefined {
  if (from === 'case' || from === 'file' || remoteId === undefined || title === remoteId) return undefined;
  const name = title.normalize('NFKC').trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(name)) return { group: 'email', name };
  const isNumber = !/\p{L}/u.test(name) || /^[\da-f-]{12,}$/.test(name) || /^(?=.*\d)[\w$:.-]{20,}$/.test(name);
  return isNumber || connectionId === undefined ? undefined : { group: connectionId, name };
}

/**
 * Finds the texts of a session that at least `minUsers` users saw, reading one session of the vault after another. Throws cancelled, and
 * the errors of listing the vault.
 */
export async function countSharedTexts(
  vault: CountedVault,
  { id }: Pick<StoredSession, 'id'>,
  minUsers: number,
  { signal, onProgress }: Job,
): Promise<{ texts: SharedTexts; stillHolds: () => Promise<boolean> }> {
  const count = new TextCount(linesOf(await textsOf(vault, id)), minUsers);
  const seen = sortByViewer(await vault.list());
  const total = seen.length;
  for (const [done, session] of seen.entries()) {
    signal.throwIfAborted();
    onProgress({ phase: 'counting', done, total });
    count.add(session.viewer, linesOf(await textsOf(vault, session.id)));
  }
  signal.throwIfAborted();
  return {
    texts: count.finish(),
    /** Returns whether all counted sessions still exist with the same user. Sessions only gain texts, so new texts change nothing. */
    stillHolds: async () => {
      const now = new Map(sortByViewer(await vault.list()).map((session) => [session.id, session.viewer]));
      return seen.every(({ id: counted, viewer }) => {
        const { group, name } = now.get(counted) ?? {};
        return group === viewer.group && name === viewer.name;
      });
    },
  };
}

function sortByViewer(sessions: readonly StoredSession[]): Seen[] {
  const seen = sessions.flatMap((session) => {
    const viewer = viewerOf(session);
    return viewer ? [{ id: session.id, viewer }] : [];
  });
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return seen.sort(
    (a, b) => compare(a.viewer.group, b.viewer.group) || compare(a.viewer.name, b.viewer.name) || compare(a.id, b.id),
  );
}

/** Returns no texts for a session that was removed or is damaged: fewer texts are shared then, so more is hidden. */
function textsOf(vault: CountedVault, id: string): Promise<{ text: string }[]> {
  return vault.readTexts(id).catch(() => []);
}

function* linesOf(texts: readonly { text: string }[]): Generator<string> {
  for (const { text } of texts) yield text;
}
