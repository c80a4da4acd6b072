import type { Completeness } from '../completeness';
import type { Damage, TimelineCheck } from '../session';
import { completenessWords } from './completeness';
import { formatList } from './format';

interface VerdictFacts {
  name: string;
  fingerprint: string;
  /** Paths of entries that don't match. */
  broken: string[];
}

/** Messages of the command line. They go to stderr, except `usage` when requested; stdout carries only data. */
export const words = {
  usage: `Usage: casement COMMAND …

  inspect  FILE [--json]                        show format, tabs, events, duration, counts and damage
  timeline FILE… --format F [--policy P] [--out O] [--passphrase-file F]
                                                {formats}
  redact   FILE --out O [--policy P] [--report R]
                                                write a redacted recording for any rrweb player
  pack     FILE… --out X.casement [--policy P] [--title T] [--sign KEY] [--passphrase-file F]
  verify   X.casement [--signers F] [--passphrase-file F] [--json]
  pull     (--source S.json [--key-file F] | --connection NAME) (--user EMAIL | --session ID) --out DIR [--json]
                                                download recordings from a platform, not redacted;
                                                run it again to continue an interrupted download; complete files are skipped
  demo     [--out DIR]                          run every step against the built-in demo source

FILE is a case file or any recording that Casement can import. P is the name or the path of a policy.
ID is the platform’s ID of a session, or a link to its player.
S.json describes the platform (docs/sources.md); its key is read from --key-file. NAME is a source in the app, with its key in the keychain.
HTTPS_PROXY, ALL_PROXY and NO_PROXY apply.
KEY is an Ed25519 private key (PEM or OpenSSH). --signers is a file in the format of SSH's allowed_signers.
Policies: {policies}. The default is private-by-default.
Data goes to stdout, messages to stderr.
Exit codes: 0 success, 1 bug, 2 usage, 3 input rejected, 4 remote, 5 local, 6 export blocked by the leak gate, 7 some sessions incomplete.
`,
  unknownCommand: (name: string) => `unknown command “${name}”`,
  noCommand: 'no command given',
  badOptions: 'an option is unknown or has no value',
  wantsOneFile: 'exactly one FILE is required',
  longTitle: 'the title can have at most 300 characters',
  wantsFiles: 'at least one FILE is required',
  wantsOption: (name: string) => `--${name} is required`,
  redacting: (done: number) => `redacting … ${done} events`,
  noSharedText: '“sharedText” in the policy has no effect on the command line, which has no vault',
  wrote: (path: string, bytes: number) => `wrote ${path} (${bytes} bytes)`,
  refusedMember: (name: string, sentence: string) => `skipped ${name}: ${sentence}`,
  verdicts: {
    known: ({ name, fingerprint }: VerdictFacts) =>
      `VERIFIED: every entry matches its hash, and the file is signed by ${name} (${fingerprint}).`,
    unknown: ({ fingerprint }: VerdictFacts) =>
      `UNKNOWN SIGNER: every entry matches its hash; the key is ${fingerprint}. Compare it with the sender’s, or use --signers.`,
    unsigned: () => 'UNSIGNED: every entry matches its hash, but the file does not prove who created it.',
    broken: ({ broken }: VerdictFacts) => `BROKEN: modified after creation: ${broken.join(', ')}`,
  },
  /** The manifest's signature, the only one that `inspect` checks. */
  signatures: {
    holds: (fingerprint: string) => `by key ${fingerprint}, matches the manifest`,
    none: () => 'none',
    broken: (_fingerprint: string) => 'DOES NOT MATCH the manifest',
  },
  notVerified: 'not verified: only the manifest and the indexes were read; run `casement verify` to check everything',
  timelineCheck: (id: string, { compared, differing }: TimelineCheck) =>
    `timeline  ${id}: the recording shows ${compared - differing} of ${compared} pages, errors, requests and sizes; other entries can't be compared`,
  audit: (records: number, size: number, at: string, fingerprint: string) =>
    `audit  ${records} records, verified against a log of ${size} signed by ${fingerprint} at ${at}`,
  manyRecordings: (count: number) => `${count} recordings`,
  userOrSession: 'use either --user or --session',
  sourceOrConnection: 'use either --source or --connection',
  keyTwice: '--connection takes the key from the keychain; leave out --key-file',
  wantsKeyFile: '--key-file is required with --source; only --connection reads the keychain',
  signInExpired: 'the sign-in of this source has expired; open the source in the app to renew it',
  noConnection: (names: readonly string[]) =>
    names.length === 0
      ? 'the app has no sources'
      : `the app has no source with this name; it has ${formatList(names.map((name) => `“${name}”`))}`,
  manyConnections: (ids: readonly string[]) =>
    `several sources have this name; use one of their IDs: ${formatList(ids)}`,
  connectionsUnreadable: 'the app’s list of sources can’t be read; open the app once to repair it',
  badSource: (field: string, why: string) => `the source file${field && `, ${field}`}: ${why}`,
  isNeeded: 'it is required',
  onlyTimeline: 'the file contains a timeline but no recorded page; use `timeline` or `pack`',
  noJson: 'it is not valid JSON',
  leftOut: (most: number) => `there are more sessions; only the newest ${most} listed are downloaded`,
  listCut: 'the platform’s list is not complete; there may be more sessions',
  unusable: (count: number) =>
    count === 1
      ? 'one listed session can’t be downloaded: its ID is invalid'
      : `${count} listed sessions can’t be downloaded: their IDs are invalid`,
  badLink: 'the link is not of a session of this source',
  unchanged: (path: string) => `unchanged ${path}`,
  alreadyThere: (session: string, path: string) =>
    `skipped ${session}: ${path} is already complete; remove that file to download the session again`,
  key: (holder: string, scopes: string) =>
    `${holder === '' ? 'key accepted' : `key of ${holder}`}, permissions: ${scopes || 'unknown'}`,
  keyWarning: (warning: string) => `warning: ${warning}`,
  pulling: (session: string) => `downloading … ${session}`,
  pulledSoFar: (bytes: number) => `downloading … ${Math.round(bytes / 1e6)} MB`,
  resuming: (bytes: number) => `continuing an earlier download after ${bytes} bytes`,
  retrying: (code: string, seconds: number) => `${code}; trying again in ${seconds} s`,
  waiting: (seconds: number) => `waiting … ${seconds} s for the platform’s rate limit`,
  failedSession: (session: string, code: string, sentence: string) => `failed ${session}: ${code}: ${sentence}`,
  keptPart: (path: string) => `what arrived is in ${path}; run the same command again to continue`,
  notComplete: (missing: readonly Completeness[]) =>
    `${completenessWords.mark(missing)}. The platform announced more than arrived. Run the command again later: parts that were late or failed for a moment are then in the file. If they stay missing, the platform has lost them.`,
  notReadable: (losses: readonly Damage[], { total, damaged }: { total: number; damaged: number }) =>
    `Not complete: ${formatList([
      ...(damaged > 0 ? [`${damaged} of ${total} ${total === 1 ? 'file' : 'files'} can’t be read to the end`] : []),
      ...losses.map(({ reason, count }) => (count === 1 ? reason : `${reason} (${count} times)`)),
    ])}. The rest is kept. If running the command again changes nothing, the platform’s copy is damaged.`,
  endedEarly: (sentence: string) => `Not complete: only what arrived earlier is kept. ${sentence}`,
  mayGrow: 'the session may still be growing; download it again later to get the rest',
  demoServer: (origin: string) => `demo server at ${origin}, TLS with its own CA; the key is kept in memory only`,
  demoPulled: (events: number, seconds: number) => `downloaded one session: ${events} events, ${seconds} s`,
  demoVerified: (hash: string) => `case file verified, ${hash}`,
} as const;
