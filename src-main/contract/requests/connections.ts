import * as v from 'valibot';
import { ConnectionId } from '../ids';
import { Connection, RemoteSession } from '../session';
import { ConnectionKind, ConnectionPlace, RecognizedText, SessionQuery } from '../source';
import { empty } from './empty';

const byId = v.strictObject({ id: ConnectionId });
/** The longest text that the search field of a source accepts. */
export const recognizedChars = 4000;
const key = v.pipe(v.string(), v.trim(), v.maxLength(4000));

export const connectionRequests = {
  /** Starts the demo server and connects to it. On the first run, creates its CA and requests a key. */
  'demo.start': { input: v.strictObject({ allowKeyForThisRun: v.boolean() }), output: Connection },

  'connection.list': { input: empty, output: v.array(Connection) },
  'connection.add': {
    input: v.strictObject({
      kind: v.pipe(
        ConnectionKind,
        v.check((kind) => kind !== 'demo'),
      ),
      name: v.pipe(v.string(), v.maxLength(320), v.trim(), v.minLength(1)),
      origin: v.pipe(v.string(), v.maxLength(2000)),
      place: ConnectionPlace,
      /** Empty if the platform needs no key. */
      key,
      /** The only CA that this connection trusts; empty for those of the system. */
      caPem: v.pipe(v.string(), v.maxLength(100_000)),
      /** The public keys that the server may have; any if absent or empty. */
      pins: v.optional(v.pipe(v.string(), v.maxLength(2000))),
      allowKeyForThisRun: v.boolean(),
    }),
    output: Connection,
  },
  'connection.renew-key': {
    input: v.strictObject({ id: ConnectionId, key: v.pipe(key, v.minLength(1)), allowKeyForThisRun: v.boolean() }),
    output: Connection,
  },
  /** Verifies the stored key again. */
  'connection.test': { input: byId, output: Connection },
  'connection.remove': { input: byId, output: empty },
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
