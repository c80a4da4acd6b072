import { createHash } from 'node:crypto';
import type { StoredSession } from '../../../contract/session';
import type { RecordingInput } from '../../../core/recording/parse';
import type { Vault } from '../../../node/vault/vault';

/** Returns the SHA-256 of a file, hex. Throws the errors of the input. */
export async function hashFile(input: RecordingInput): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of input.open()) hash.update(bytes);
  return hash.digest('hex');
}

/** Knows the files that the sessions of a vault were imported from, so that none is imported twice. It lists the vault once. */
export class KnownFiles {
  private vault: Vault | undefined;
  private ids: Promise<Map<string, Map<number, string>>> | undefined;

  /** Returns the sessions that were imported from a file, by their index in it, without those that were removed since. */
  async sessionsOf(vault: Vault, sha256: string): Promise<Map<number, StoredSession>> {
    const sessions = new Map<number, StoredSession>();
    for (const [place, id] of (await this.read(vault)).get(sha256) ?? []) {
      const session = await vault.get(id).catch(() => undefined);
      if (session) sessions.set(place, session);
    }
    return sessions;
  }

  async add(vault: Vault, session: StoredSession): Promise<void> {
    keep(await this.read(vault), session);
  }

  private read(vault: Vault): Promise<Map<string, Map<number, string>>> {
    if (this.ids && this.vault === vault) return this.ids;
    const ids = vault.list().then((sessions) => {
      const map = new Map<string, Map<number, string>>();
      for (const session of sessions) keep(map, session);
      return map;
    });
    this.vault = vault;
    this.ids = ids;
    // Try again after an error.
    ids.catch(() => (this.ids = undefined));
    return ids;
  }
}

function keep(ids: Map<string, Map<number, string>>, { id, file }: StoredSession): void {
  if (!file) return;
  const places = ids.get(file.sha256) ?? new Map<number, string>();
  ids.set(file.sha256, places.set(file.place, id));
}
