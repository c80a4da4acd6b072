import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { concatBytes } from '../bytes';
import { encodeText } from './text';

/** The statement that a signature of a case file covers: the hash of the manifest and its format. */
const Statement = v.object({
  _type: v.literal('https://in-toto.io/Statement/v1'),
  subject: v.pipe(
    v.array(v.object({ name: v.literal('datapackage.json'), digest: v.object({ sha256: v.string() }) })),
    v.length(1),
  ),
  predicateType: v.string(),
});

const payloadType = 'application/vnd.in-toto+json';
const predicateType = 'https://casement.dev/case/v2';

/** `signatures/manifest.dsse.json`. DSSE readers accept both base64 alphabets. */
export const Envelope = v.object({
  payloadType: v.literal(payloadType),
  payload: v.pipe(v.string(), v.maxLength(20_000)),
  signatures: v.pipe(
    v.array(v.object({ keyid: v.optional(v.string()), sig: v.pipe(v.string(), v.maxLength(1000)) })),
    v.minLength(1),
    v.maxLength(8),
  ),
});
export type Envelope = v.InferOutput<typeof Envelope>;

/** The statement as bytes. `manifestHash`: `sha256:` and hex digits. */
export function encodeStatement(manifestHash: string): Uint8Array {
  const statement: v.InferOutput<typeof Statement> & { predicate: object } = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'datapackage.json', digest: { sha256: manifestHash.replace(/^sha256:/, '') } }],
    predicateType,
    predicate: {},
  };
  return encodeText(canonicalize(statement) ?? '');
}

/** Returns DSSE's pre-authentication encoding: the signed bytes are the type and the payload, each with its length. */
export function preAuthEncoding(payload: Uint8Array): Uint8Array {
  return concatBytes([encodeText(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload]);
}

/** `signature` and `payload` in base64. */
export function encodeEnvelope(payload: string, keyid: string, signature: string): Uint8Array {
  const envelope: Envelope = { payloadType, payload, signatures: [{ keyid, sig: signature }] };
  return encodeText(canonicalize(envelope) ?? '');
}

/** Returns the manifest hash of a statement, or undefined if the bytes are not a statement about a case file. */
export function readStatement(payload: Uint8Array): string | undefined {
  try {
    const parsed = v.safeParse(Statement, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    if (!parsed.success || parsed.output.predicateType !== predicateType) return undefined;
    return `sha256:${parsed.output.subject[0]?.digest.sha256 ?? ''}`;
  } catch {
    return undefined;
  }
}
