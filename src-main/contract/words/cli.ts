interface VerdictFacts {
  name: string;
  fingerprint: string;
  /** Paths of entries that don't match. */
  broken: string[];
}

/** What the command line says. stdout carries data only; all of this goes to stderr, but for `usage` when it was asked for. */
export const words = {
  usage: `Usage: casement COMMAND …

  inspect  FILE [--json]                        what it is: format, windows, events, duration, counts, damage
  timeline FILE --format F [--policy P] [--out O]
                                                {formats}
  redact   FILE --out O [--policy P] [--report R]
                                                a redacted recording that any rrweb player replays
  pack     FILE… --out X.casement [--policy P] [--title T] [--sign KEY] [--passphrase-file F]
  verify   X.casement [--signers F] [--passphrase-file F] [--json]
  pull     --source S.json (--user EMAIL | --session ID) --out DIR [--key-file F] [--json]
                                                recordings as a platform has them, not redacted
  demo     [--out DIR]                          the whole job on the embedded demo source

FILE is any recording that Casement can import, or a case file. P is a policy's name or the path of one.
S.json says where a platform is (docs/sources.md), --key-file holds its key, and nothing else does.
KEY is an Ed25519 private key (PEM or OpenSSH), --signers a file like ssh's allowed_signers.
Policies: {policies}. Without --policy it is private-by-default.
stdout is data, stderr is talk. Exit codes: 0 done, 1 bug, 2 usage, 3 input refused, 4 remote, 5 local, 6 the leak gate refused.
`,
  unknownCommand: (name: string) => `there is no command “${name}”`,
  noCommand: 'no command was given',
  badOptions: 'an option is unknown or has no value',
  wantsOneFile: 'give one FILE',
  longTitle: 'the title may have 300 characters at most',
  wantsFiles: 'give at least one FILE',
  wantsOption: (name: string) => `--${name} is needed`,
  redacting: (done: number) => `redacting … ${done} events`,
  noSharedText: 'the policy’s sharedText needs a vault to count in: here no text stays by it',
  wrote: (path: string, bytes: number) => `wrote ${path} (${bytes} bytes)`,
  refusedMember: (name: string, sentence: string) => `left out ${name}: ${sentence}`,
  verdicts: {
    known: ({ name, fingerprint }: VerdictFacts) =>
      `VERIFIED: every entry matches its hash, and it is signed by ${name} (${fingerprint}).`,
    unknown: ({ fingerprint }: VerdictFacts) =>
      `SIGNED BY SOMEBODY UNKNOWN: every entry matches its hash; the key is ${fingerprint}. Compare it with the sender’s, or give --signers.`,
    unsigned: () => 'UNSIGNED: every entry matches its hash, which does not say who made it.',
    broken: ({ broken }: VerdictFacts) => `BROKEN: changed after it was made: ${broken.join(', ')}`,
  },
  /** Of the manifest's signature, which alone `inspect` checks. */
  signatures: {
    holds: (fingerprint: string) => `by the key ${fingerprint}, fits the manifest`,
    none: () => 'none',
    broken: (_fingerprint: string) => 'DOES NOT FIT the manifest',
  },
  notVerified: 'not verified: only the manifest and the indexes were read; `casement verify` reads all of it',
  audit: (records: number, size: number, at: string, fingerprint: string) =>
    `audit  ${records} records, proven to be in the log of ${size} that ${fingerprint} signed at ${at}`,
  manyRecordings: (count: number) => `${count} recordings`,
  userOrSession: 'give either --user or --session',
  wantsKeyFile: '--key-file is needed; the keychain is read by the app only',
  badSource: (field: string, why: string) => `the source file${field && `, ${field}`}: ${why}`,
  isNeeded: 'it is needed',
  noPages: 'this platform hands out no pages; the app shows its timeline',
  noJson: 'it is not JSON',
  leftOut: (most: number) => `there are more sessions; the newest ${most} that were listed are pulled`,
  pulling: (path: string) => `pulling … ${path}`,
  pulledSoFar: (bytes: number) => `pulling … ${Math.round(bytes / 1e6)} MB`,
  waiting: (seconds: number) => `waiting … ${seconds} s, since the platform takes no more at once`,
  isPartial: 'the platform left something of it out',
  demoServer: (origin: string) => `demo server at ${origin}, TLS with its own CA; the key is kept for this run only`,
  demoPulled: (events: number, seconds: number) => `pulled ${events} events, ${seconds} s of one session`,
  demoVerified: (hash: string) => `case file verified, ${hash}`,
} as const;
