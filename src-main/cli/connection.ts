import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { CasementError, hasCode } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import { ConnectionKind, ConnectionPlace } from '../contract/source';
import { words } from '../contract/words/cli';
import { onDisk } from '../node/files/disk-errors';
import type { SourcePlace } from './source-file';
import type { Terminal } from './terminal';

/** What the command line reads of a connection of the app. The app may store more, and an older one stores less. */
const AppConnection = v.object({
  id: ConnectionId,
  kind: ConnectionKind,
  name: v.string(),
  origin: v.string(),
  caPem: v.optional(v.string()),
  pins: v.optional(v.array(v.string())),
  place: v.optional(ConnectionPlace, {}),
  account: v.optional(v.string()),
  hasNoKey: v.optional(v.literal(true)),
});
type AppConnection = v.InferOutput<typeof AppConnection>;

/**
 * Returns a connection of the app by its name or its ID, with its key from the keychain. Throws usage with the names if there is none or
 * more than one, key-missing, keychain-*, disk-*.
 */
export async function readConnection(name: string, terminal: Terminal): Promise<SourcePlace & { key: string }> {
  const all = await readConnections(join(dataFolder(terminal.env, process.platform), 'connections.json'));
  const { id, kind, origin, place, caPem, pins, account, hasNoKey } = pick(all, name);
  const key = hasNoKey ? '' : await terminal.readKeychain(`connection/${id}`);
  if (key === undefined) throw new CasementError('key-missing');
  return { kind, origin, place, caPem, pins, account, key };
}

function pick(all: readonly AppConnection[], name: string): AppConnection {
  const wanted = name.trim().toLowerCase();
  const exact = all.filter((connection) => connection.id === name || connection.name === name);
  const found = exact.length > 0 ? exact : all.filter((connection) => connection.name.toLowerCase() === wanted);
  const [first] = found;
  if (first && found.length === 1) return first;
  const reason = first
    ? words.manyConnections(found.map(({ id }) => id))
    : words.noConnection(all.map((connection) => connection.name));
  throw new CasementError('usage', { reason });
}

async function readConnections(path: string): Promise<AppConnection[]> {
  const text = await onDisk(() => readFile(path, 'utf8')).catch((error: unknown) => {
    if (hasCode(error, 'file-missing')) return '[]';
    throw error;
  });
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(AppConnection)), text);
  if (parsed.success) return parsed.output;
  throw new CasementError('usage', { reason: words.connectionsUnreadable });
}

/** Returns the app's data folder, as Electron chooses it. */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.CASEMENT_HOME !== undefined) return resolve(env.CASEMENT_HOME);
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Casement');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Casement');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Casement');
}
