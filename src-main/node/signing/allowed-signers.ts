import * as v from 'valibot';
import { SignerName, type KnownSigner } from '../../contract/signers';
import { signatureNamespace } from '../../core/casefile/ssh-signature';
import { toPlainLine } from '../../core/text/plain-line';
import { fingerprintOf, openSigner, readSshLine, sshLine } from './ed25519';

type Named = Pick<KnownSigner, 'name' | 'publicKey'>;

/** Enough for a thousand signers with long names, bytes. */
export const longestSignersFile = 1_000_000;

/** Matches a name (in quotes if it contains spaces), options, an Ed25519 key and a comment. */
const line = /^(?:"([^"]*)"|(\S+))[ \t]+(?:((?:[^\s"]|"[^"]*")+)[ \t]+)?(ssh-ed25519[ \t]+\S+)(?:[ \t].*)?$/;

/**
 * Reads the signers of case files from a file in the format of ssh's `allowed_signers`. Skips other key types, certificate authorities,
 * and keys for other purposes or with an expiry date: accepting those would trust a key more than the file does.
 */
export function readAllowedSigners(text: string): { signers: Named[]; passedOver: number } {
  const lines = text.split(/\r?\n/).map((each) => each.trim());
  const meant = lines.filter((each) => each !== '' && !each.startsWith('#'));
  const signers = meant.flatMap((each) => readLine(each) ?? []);
  return { signers, passedOver: meant.length - signers.length };
}

/** Writes the same format, also for `ssh-keygen -Y verify`. Replaces characters in names that ssh would read as a pattern. */
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

/** Accepts a single option: `namespaces` that include case files. Any other option could restrict the key. */
function isForCases(options: string): boolean {
  const [, purposes] = /^namespaces="([^"]*)"$/i.exec(options) ?? [];
  return purposes?.split(',').some((purpose) => purpose === signatureNamespace || purpose === '*') ?? false;
}

/** The functions for keys and signers files, as the services need them. */
export const signerFiles = {
  publicKeyOf: (privateKey: string): string => sshLine(openSigner(privateKey).publicKey),
  fingerprintOf: (publicKey: string): string | undefined => {
    const key = readSshLine(publicKey);
    return key && sshLine(key) === publicKey ? fingerprintOf(key) : undefined;
  },
  readFile: readAllowedSigners,
  writeFile: writeAllowedSigners,
} as const;
