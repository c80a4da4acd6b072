import * as v from 'valibot';
import { SignerName, type KnownSigner } from '../../contract/signers';
import { signatureNamespace } from '../../core/casefile/ssh-signature';
import { toPlainLine } from '../../core/text/plain-line';
import { fingerprintOf, openSigner, readSshLine, sshLine } from './ed25519';

type Named = Pick<KnownSigner, 'name' | 'publicKey'>;

/** In bytes: a thousand signers with long names. */
export const longestSignersFile = 1_000_000;

/** Who, in quotes where that has spaces; options; an Ed25519 key. What follows it is a comment. */
const line = /^(?:"([^"]*)"|(\S+))[ \t]+(?:((?:[^\s"]|"[^"]*")+)[ \t]+)?(ssh-ed25519[ \t]+\S+)(?:[ \t].*)?$/;

/**
 * The signers of a file like ssh's `allowed_signers` whose keys count for case files. Passed over are other kinds of keys, keys of
 * authorities, and keys for other purposes or for a time: to take them for more than they are would make somebody known too easily.
 */
export function readAllowedSigners(text: string): { signers: Named[]; passedOver: number } {
  const lines = text.split(/\r?\n/).map((each) => each.trim());
  const meant = lines.filter((each) => each !== '' && !each.startsWith('#'));
  const signers = meant.flatMap((each) => readLine(each) ?? []);
  return { signers, passedOver: meant.length - signers.length };
}

/** The same, to be read by `ssh-keygen -Y verify` too. A name loses what ssh would take for a pattern. */
export function writeAllowedSigners(signers: readonly Named[]): string {
  return signers
    .map(
      ({ name, publicKey }) => `"${name.replace(/["*?!,]/g, '_')}" namespaces="${signatureNamespace}" ${publicKey}\n`,
    )
    .join('');
}

function readLine(text: string): Named | undefined {
  const [, quoted, plain, options, key = ''] = line.exec(text) ?? [];
  const publicKey = readSshLine(key);
  const name = v.safeParse(SignerName, toPlainLine(quoted ?? plain ?? '', 100));
  if (!publicKey || !name.success || (options !== undefined && !isForCases(options))) return undefined;
  return { name: name.output, publicKey: sshLine(publicKey) };
}

/** One option alone widens nothing: that the key is for these purposes. */
function isForCases(options: string): boolean {
  const [, purposes] = /^namespaces="([^"]*)"$/i.exec(options) ?? [];
  return purposes?.split(',').some((purpose) => purpose === signatureNamespace || purpose === '*') ?? false;
}

/** What the app does with keys and files of keys. */
export const signerFiles = {
  publicKeyOf: (privateKey: string): string => sshLine(openSigner(privateKey).publicKey),
  fingerprintOf: (publicKey: string): string | undefined => {
    const key = readSshLine(publicKey);
    return key && sshLine(key) === publicKey ? fingerprintOf(key) : undefined;
  },
  readFile: readAllowedSigners,
  writeFile: writeAllowedSigners,
} as const;
