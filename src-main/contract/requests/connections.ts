import * as v from 'valibot';
import { GatewayInput } from '../gateway';
import { ConnectionId, JobId } from '../ids';
import { Connection, RemoteSession } from '../session';
import { ConnectionKind, ConnectionPlace, RecognizedText, SessionQuery } from '../source';
import { empty } from './empty';

const byId = v.strictObject({ id: ConnectionId });
/** The longest text that the search field of a source accepts. */
export const recognizedChars = 4000;
const key = v.pipe(v.string(), v.trim(), v.maxLength(4000));
/** Empty if Casement registers itself as a client. */
const clientId = v.pipe(v.string(), v.trim(), v.regex(/^[\x21-\x7e]{0,2000}$/));

/** The settings of a source, besides its key or sign-in. */
const source = {
  kind: v.pipe(
    ConnectionKind,
    v.check((kind) => kind !== 'demo'),
  ),
  name: v.pipe(v.string(), v.maxLength(320), v.trim(), v.minLength(1)),
  origin: v.pipe(v.string(), v.maxLength(2000)),
  place: ConnectionPlace,
  /** The only CA that this connection trusts; empty for those of the system. */
  caPem: v.pipe(v.string(), v.maxLength(100_000)),
  /** The public keys that the server may have; any if absent or empty. */
  pins: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  /** The access to a gateway in front of the server. */
  gateway: v.optional(GatewayInput),
  allowKeyForThisRun: v.boolean(),
};

export const connectionRequests = {
  /** Starts the demo server and connects to it. On the first run, creates its CA and requests a key. */
  'demo.start': { input: v.strictObject({ allowKeyForThisRun: v.boolean() }), output: Connection },

  'connection.list': { input: empty, output: v.array(Connection) },
  'connection.add': {
    input: v.strictObject({
      ...source,
      /** Empty if the platform needs no key. */
      key,
    }),
    output: Connection,
  },
  /** Signs in with the user's browser instead of a key. The job can be cancelled while it waits for the user. */
  'connection.sign-in': { input: v.strictObject({ ...source, clientId, jobId: JobId }), output: Connection },
  /** Signs in again, with the stored settings. */
  'connection.sign-in-again': {
    input: v.strictObject({ id: ConnectionId, jobId: JobId, allowKeyForThisRun: v.boolean() }),
    output: Connection,
  },
  /** Verifies the connection with these values, and then replaces the stored ones. */
  'connection.set-gateway': {
    input: v.strictObject({ id: ConnectionId, gateway: GatewayInput, allowKeyForThisRun: v.boolean() }),
    output: Connection,
  },
  /** Stores the login for a proxy, which the errors `proxy-auth` and `proxy-login` name. */
  'proxy.log-in': {
    input: v.strictObject({
      proxy: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,300}:\d{1,5}$/)),
      user: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
      password: v.pipe(v.string(), v.maxLength(255)),
      allowKeyForThisRun: v.boolean(),
    }),
    output: empty,
  },
  'connection.renew-key': {
    input: v.strictObject({ id: ConnectionId, key: v.pipe(key, v.minLength(1)), allowKeyForThisRun: v.boolean() }),
    output: Connection,
  },
  /** Verifies the stored key again. */
  'connection.test': { input: byId, output: Connection },
  'connection.remove': {
    input: byId,
    /** The state of the connection's sign-in at the platform: `left` if the platform did not revoke it. */
    output: v.strictObject({ signIn: v.picklist(['none', 'revoked', 'left']) }),
  },
  /** Opens the platform's page where keys are revoked, in the user's browser; also for a source that was removed in this run. */
  'connection.open-key-page': { input: byId, output: empty },
  /** Determines what a typed or pasted text means to the sources. `id` is the source whose field it was entered in. */
  'connection.recognize': {
    input: v.strictObject({ id: ConnectionId, text: v.pipe(v.string(), v.maxLength(recognizedChars)) }),
    output: RecognizedText,
  },
  'connection.search': {
    input: v.strictObject({
      id: ConnectionId,
      query: SessionQuery,
      cursor: v.optional(v.pipe(v.string(), v.maxLength(2000))),
    }),
    output: v.strictObject({
      sessions: v.array(RemoteSession),
      cursor: v.optional(v.string()),
      /** The list was cut short, and no cursor leads to the rest. */
      isTruncated: v.boolean(),
    }),
  },
} as const;
