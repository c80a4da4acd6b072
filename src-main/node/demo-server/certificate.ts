import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import * as der from './der';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface CertifiedKey {
  certPem: string;
  keyPem: string;
}

export interface Validity {
  notBeforeMs: number;
  notAfterMs: number;
}

const oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

const signatureAlgorithm = der.sequence(der.objectId(oid.ecdsaWithSha256));

interface Issuer {
  name: Buffer;
  key: KeyObject;
  keyId: Buffer;
}

/**
 * Creates a self-signed CA (ECDSA P-256) that may sign only server certificates (path length 0). If `dnsNames` is not empty, it may
 * sign only those DNS names and their subdomains.
 */
export function issueCa(name: string, dnsNames: string[], validity: Validity): CertifiedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer: Issuer = { name: encodeName(name), key: privateKey, keyId: keyIdOf(publicKey) };
  const extensions = [
    extension(oid.basicConstraints, der.sequence(der.isTrue(), der.integer(Buffer.from([0]))), 'critical'),
    // keyCertSign is bit 5.
    extension(oid.keyUsage, der.bitString(Buffer.from([0b0000_0100]), 2), 'critical'),
    ...(dnsNames.length > 0 ? [extension(oid.nameConstraints, permittedNames(dnsNames), 'critical')] : []),
    extension(oid.subjectKeyId, der.octetString(issuer.keyId)),
  ];
  const certPem = signCertificate(issuer, issuer.name, publicKey, validity, extensions);
  return { certPem, keyPem: exportKey(privateKey) };
}

/** Creates a server certificate for host names and IP addresses; self-signed if `ca` is undefined. */
export function issueServer(
  ca: CertifiedKey | undefined,
  name: string,
  hosts: string[],
  validity: Validity,
): CertifiedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = encodeName(name);
  const issuer = ca ? readIssuer(ca) : { name: subject, key: privateKey, keyId: keyIdOf(publicKey) };
  const extensions = [
    extension(oid.basicConstraints, der.sequence(), 'critical'),
    // digitalSignature is bit 0.
    extension(oid.keyUsage, der.bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
    extension(oid.extendedKeyUsage, der.sequence(der.objectId(oid.serverAuth))),
    extension(oid.subjectAltName, der.sequence(...hosts.map(encodeHost))),
    extension(oid.subjectKeyId, der.octetString(keyIdOf(publicKey))),
    extension(oid.authorityKeyId, der.sequence(der.implicit(0, issuer.keyId))),
  ];
  const certPem = signCertificate(issuer, subject, publicKey, validity, extensions);
  return { certPem, keyPem: exportKey(privateKey) };
}

function readIssuer({ certPem, keyPem }: CertifiedKey): Issuer {
  const certificate = new X509Certificate(certPem);
  const commonName = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
  return { name: encodeName(commonName), key: createPrivateKey(keyPem), keyId: keyIdOf(certificate.publicKey) };
}

/** RFC 5280, 4.1. */
function signCertificate(
  issuer: Issuer,
  subject: Buffer,
  publicKey: KeyObject,
  validity: Validity,
  extensions: Buffer[],
): string {
  const serial = randomBytes(16);
  // Positive, and always of the same length.
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    signatureAlgorithm,
    issuer.name,
    der.sequence(der.time(validity.notBeforeMs), der.time(validity.notAfterMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, issuer.key);
  return new X509Certificate(der.sequence(toBeSigned, signatureAlgorithm, der.bitString(signature))).toString();
}

function extension(id: string, value: Buffer, weight?: 'critical'): Buffer {
  return der.sequence(der.objectId(id), ...(weight ? [der.isTrue()] : []), der.octetString(value));
}

const encodeName = (commonName: string): Buffer =>
  der.sequence(der.setOf(der.sequence(der.objectId(oid.commonName), der.utf8String(commonName))));

/** GeneralName: dNSName is 2, iPAddress is 7. */
function encodeHost(host: string): Buffer {
  if (isIPv4(host)) return der.implicit(7, Buffer.from(host.split('.').map(Number)));
  if (isIPv6(host)) return der.implicit(7, ipv6Bytes(host));
  return der.implicit(2, Buffer.from(host, 'ascii'));
}

function ipv6Bytes(host: string): Buffer {
  const [left = '', right] = host.split('::');
  const parse = (half: string): number[] => (half === '' ? [] : half.split(':').map((group) => parseInt(group, 16)));
  const head = parse(left);
  const tail = right === undefined ? [] : parse(right);
  const groups = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

const permittedNames = (dnsNames: string[]): Buffer =>
  der.sequence(der.explicit(0, Buffer.concat(dnsNames.map((name) => der.sequence(encodeHost(name))))));

/** Returns the first 160 bits of the SHA-256 of the public key (RFC 7093, method 1). The point is the last 65 bytes of its SPKI. */
function keyIdOf(publicKey: KeyObject): Buffer {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  return createHash('sha256').update(point).digest().subarray(0, 20);
}

const exportKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
