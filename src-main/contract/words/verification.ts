import type { TimelineCheck } from '../session';
import type { judgeWithOwn } from '../shared/verdict';
import { formatCount, plural } from './format';

/** The result of checking a case file. */
export const verificationWords = {
  summary: {
    own: 'Opened offline · hashes verified · signed by you',
    known: (name: string) => `Opened offline · hashes verified · signed by ${name} (known)`,
    unknown: 'Opened offline · hashes verified · signed by an unknown key',
    unsigned: 'Opened offline · hashes verified · unsigned',
    broken: (paths: readonly string[]) =>
      `Verification failed · modified after creation: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${formatCount(paths.length - 3)} more` : ''}`,
  },
  about: {
    own: 'Every file inside matches its hash, and all of it is signed with your own key.',
    known: 'Every file inside matches its hash, and all of it is signed with a key that you gave this name.',
    unknown:
      'Every file inside matches its hash, and all of it is signed with one key. The file can’t prove who owns that key: compare the fingerprint with the sender’s, then name the signer.',
    unsigned: 'Every file inside matches its hash. The file is not signed, so it doesn’t prove who created it.',
    broken: 'Part of this case file doesn’t match its signature or hash. Ask the sender for another copy.',
  } satisfies Record<ReturnType<typeof judgeWithOwn>['verdict'], string>,
  signer: 'Signing key',
  parentCase: 'Created from case file',
  timeline: 'Timeline',
  timelineCheck: ({ compared, differing }: TimelineCheck) =>
    compared === 0
      ? 'No entry can be compared with the recording'
      : differing === 0
        ? `The recording shows all ${formatCount(compared)} pages, errors, requests and sizes that can be compared`
        : `The recording doesn’t show ${formatCount(differing)} of ${formatCount(compared)} pages, errors, requests and sizes`,
  audit: 'Audit log',
  auditProven: (records: number, size: number) =>
    `${plural(records, 'record', 'records')} verified against a log of ${formatCount(size)}, signed by`,
  show: 'Show verification details',
  policy: 'Policy',
  createdAt: 'Created',
  software: 'Created with',
  manifestHash: 'Manifest SHA-256',
  contents: 'Contents',
  matches: 'Matches its hash',
  differs: 'Does not match its hash',
} as const;
