import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ConnectionPlace, platformForms, platformKinds, type ConnectionKind } from '../contract/source';
import { words } from '../contract/words/cli';
import type { OAuthGrant } from '../core/sources/oauth-grant';
import type { GatewayAccess } from '../core/sources/source';
import { onDisk } from '../node/files/disk-errors';
import { normaliseOrigin } from '../node/transport/origin';
import { checkCaPem, checkPins } from '../node/transport/trust';

/** The file of `--source`: the address of a platform and how to trust it, as in a connection of the app. It contains no key. */
const SourceFile = v.strictObject({
  kind: v.picklist(platformKinds),
  origin: v.pipe(v.string(), v.maxLength(2000)),
  place: v.optional(ConnectionPlace, {}),
  /** The only CA that is trusted, in PEM; the system's if absent. */
  caPem: v.optional(v.pipe(v.string(), v.maxLength(200_000))),
  /** The public keys that the server may have, as SHA-256 of the SPKI in base64. */
  pins: v.optional(v.array(v.pipe(v.string(), v.maxLength(200)))),
});

/** The settings of a connection, as `SourceFactory` needs them. */
export interface SourcePlace {
  kind: ConnectionKind;
  origin: string;
  place: ConnectionPlace;
  caPem: string | undefined;
  pins: readonly string[] | undefined;
  /** The account at the platform, if it is known. */
  account: string | undefined;
  /** The grant of a sign-in of the app. */
  grant?: OAuthGrant;
  /** Access to a gateway in front of the server, from the app's keychain. */
  gateway?: GatewayAccess;
}

/** Throws usage with the name of the field, connection-address, connection-ca, connection-pin, file-missing, disk-*. */
export async function readSourceFile(path: string): Promise<SourcePlace> {
  const parsed = v.safeParse(SourceFile, parseJson(await onDisk(() => readFile(path, 'utf8'))));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new CasementError('usage', { reason: words.badSource(v.getDotPath(issue) ?? '', issue.message) });
  }
  const { kind, origin, place, caPem, pins } = parsed.output;
  const missing = platformForms[kind].place.find(({ field, isRequired }) => isRequired && !place[field]);
  if (missing) throw new CasementError('usage', { reason: words.badSource(`place.${missing.field}`, words.isNeeded) });
  return {
    kind,
    origin: normaliseOrigin(origin),
    place,
    caPem: caPem === undefined ? undefined : checkCaPem(caPem),
    pins: pins && checkPins(pins.join('\n')),
    account: undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CasementError('usage', { reason: words.badSource('', words.noJson) });
  }
}
