import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { CasementError, hasCode } from '../contract/errors';
import { GatewaySummary } from '../contract/gateway';
import { ConnectionId } from '../contract/ids';
import { ConnectionKind, ConnectionPlace } from '../contract/source';
import { words } from '../contract/words/cli';
import { parseTokens, secretAccounts, storedGateway } from '../core/sources/stored-secrets';
import { onDisk } from '../node/files/disk-errors';
import type { SourcePlace } from './source-file';
import type { Terminal } from './terminal';

/** The fields of a connection of the app that the command line reads. The app may store more, and an older one stores less. */
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
  signIn: v.optional(v.object({ scopes: v.array(v.string()), projects: v.array(v.string()) })),
  gateway: v.optional(GatewaySummary),
});
type AppConnection = v.InferOutput<typeof AppConnection>;

/**
 * Returns a connection of the app by its name or its ID, with its key from the keychain. Throws usage with the names if there is none or
 * more than one, key-missing, keychain-*, disk-*.
 */
export async function readConnection(name: string, terminal: Terminal): Promise<SourcePlace & { key: string }> {
  const all = await readConnections(join(dataFolder(terminal.env, process.platform), 'connections.json'));
  const connection = pick(all, name);
  const { id, kind, origin, place, caPem, pins, account, signIn } = connection;
  const key = await readKey(connection, terminal);
  const gateway = storedGateway(id, connection.gateway, (entry) => terminal.readKeychain(entry));
  return {
    kind,
    origin,
    place,
    caPem,
    pins,
    account,
    key,
    ...(gateway && { gateway }),
    ...(signIn && { grant: signIn }),
  };
}

/** The app may renew the tokens of a sign-in at the same time, which would spend the refresh token twice, so this only reads them. */
async function readKey({ id, hasNoKey, signIn }: AppConnection, terminal: Terminal): Promise<string> {
  if (hasNoKey) return '';
  const entry = signIn ? secretAccounts.tokens(id) : secretAccounts.key(id);
  const secret = await terminal.readKeychain(entry);
  if (secret === undefined) throw new CasementError('key-missing');
  if (!signIn) return secret;
  const tokens = parseTokens(secret);
  const isValid = tokens && (tokens.expiresAt ?? Infinity) > terminal.now().getTime();
  if (!isValid) throw new CasementError('usage', { reason: words.signInExpired });
  return tokens.accessToken;
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
function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.CASEMENT_HOME !== undefined) return resolve(env.CASEMENT_HOME);
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Casement');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Casement');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Casement');
}
