import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import { CertificateFile, ExtraHeader, type GatewaySummary } from '../../contract/gateway';
import type { GatewayAccess } from './fetch-port';
import type { Tokens } from './oauth-grant';

/** The names of a connection's entries in the keychain. */
export const secretAccounts = {
  key: (id: string): string => `connection/${id}`,
  tokens: (id: string): string => `connection/${id}/tokens`,
  headers: (id: string): string => `connection/${id}/headers`,
  certificate: (id: string): string => `connection/${id}/certificate`,
};

/** Reads an entry of the keychain; undefined if there is none. Throws keychain-*. */
export type ReadSecret = (account: string) => Promise<string | undefined>;

/** The entry that names the parts of a long secret. */
const Head = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{1,32}$/)),
  parts: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
});
export type SecretHead = v.InferOutput<typeof Head>;

export const partAccount = (account: string, { id }: SecretHead, index: number): string => `${account}/${id}/${index}`;

/** Returns the head of a long secret; undefined if there is none. Throws keychain-*. */
export async function readSecretHead(account: string, read: ReadSecret): Promise<SecretHead | undefined> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), Head), await read(account));
  return result.success ? result.output : undefined;
}

/** Returns a secret that is stored in several entries; undefined if one is missing. Throws keychain-*. */
async function readLongSecret(account: string, read: ReadSecret): Promise<string | undefined> {
  const head = await readSecretHead(account, read);
  if (!head) return undefined;
  let text = '';
  for (let index = 0; index < head.parts; index++) {
    const part = await read(partAccount(account, head, index));
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

/** Returns access with the stored values of a connection; undefined if it has none. */
export function storedGateway(
  id: string,
  summary: GatewaySummary | undefined,
  read: ReadSecret,
): GatewayAccess | undefined {
  if (!summary) return undefined;
  const { headers, hasCertificate } = summary;
  return {
    readHeaders: async () =>
      headers.length > 0 ? parse(v.array(ExtraHeader), await readLongSecret(secretAccounts.headers(id), read)) : [],
    readCertificate: async () =>
      hasCertificate ? parse(CertificateFile, await readLongSecret(secretAccounts.certificate(id), read)) : undefined,
  };
}

/** A request without the values could reach another service than with them, so it fails instead. */
function parse<S extends v.GenericSchema>(schema: S, text: string | undefined): v.InferOutput<S> {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
  const result = json.success ? v.safeParse(schema, json.output) : undefined;
  if (!result?.success) throw new CasementError('gateway-missing');
  return result.output;
}

const StoredTokens = v.strictObject({
  accessToken: v.string(),
  refreshToken: v.exactOptional(v.string()),
  expiresAt: v.exactOptional(v.number()),
});

/** Parses the tokens of a sign-in; undefined if there are none. */
export function parseTokens(text: string | undefined): Tokens | undefined {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), StoredTokens), text);
  return result.success ? result.output : undefined;
}
