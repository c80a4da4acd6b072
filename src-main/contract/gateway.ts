import * as v from 'valibot';

/** Headers that the transport or a platform sets. An extra header must not replace them. */
const reserved =
  /^(authorization|host|connection|keep-alive|content-.*|transfer-encoding|accept|accept-encoding|te|trailer|upgrade|expect|range|if-.*|user-agent|proxy-.*|x-amz-.*|x-umami-.*)$/;

/** Returns whether an extra header may have this name. The name is in lower case. */
export function isExtraHeaderName(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,99}$/.test(name) && !reserved.test(name);
}

/** Returns whether a header may have this value: printable ASCII. */
export function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}

/** The most extra headers of one source. Cloudflare Access needs two. */
export const mostExtraHeaders = 4;

/** A header that a gateway in front of the server requires. Its value is a secret. */
export const ExtraHeader = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.check(isExtraHeaderName)),
  value: v.pipe(v.string(), v.trim(), v.maxLength(8000), v.check(isHeaderValue)),
});
export type ExtraHeader = v.InferOutput<typeof ExtraHeader>;

/** The largest file with a client certificate, bytes. */
export const mostCertificateBytes = 60_000;

/** A client certificate and its private key, as the user chose the file. */
export const CertificateFile = v.strictObject({
  /** PEM or PKCS#12, in base64. */
  base64: v.pipe(v.string(), v.base64(), v.maxLength(Math.ceil(mostCertificateBytes / 3) * 4)),
  /** Empty if the file isn't encrypted. */
  passphrase: v.pipe(v.string(), v.maxLength(1000)),
});
export type CertificateFile = v.InferOutput<typeof CertificateFile>;

/** The user's settings for a gateway in front of the server, such as single sign-on. */
export const GatewayInput = v.strictObject({
  headers: v.pipe(v.array(ExtraHeader), v.maxLength(mostExtraHeaders)),
  certificate: v.optional(CertificateFile),
});
export type GatewayInput = v.InferOutput<typeof GatewayInput>;

/** The settings that a source has, without their secrets. */
export const GatewaySummary = v.strictObject({
  /** The names of the extra headers. */
  headers: v.array(v.string()),
  hasCertificate: v.boolean(),
});
export type GatewaySummary = v.InferOutput<typeof GatewaySummary>;
