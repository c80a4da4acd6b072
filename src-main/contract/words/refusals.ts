import type { PolicyProblem } from '../policy';
/**
 * The second halves of error sentences: what `{reason}` says in `contract/errors.ts`. Each is a clause without a capital and
 * without a full stop. Paths in it are names of entries and fields, never text of a recording.
 */
export const refusals = {
  /** `recording-unreadable` */
  file: {
    notAFile: 'it is not a file',
  },

  /** `case-unreadable`: incomplete or malformed. */
  caseFile: {
    damaged: 'the file is damaged or incomplete',
    encryptionDamaged: 'the encrypted data is damaged or incomplete',
    wrongMediaType: 'its media type is not that of a case file',
    cannotUnpack: 'an entry can’t be decompressed',
    noRecording: 'it contains no recording',
    tooManyTexts: 'it contains too many texts',
    startsAfterEvents: 'a recording’s start time is later than its first event',
    invalidTime: (path: string) => `${path} contains an invalid time`,
    missingEntry: (path: string) => `${path} is missing`,
    invalidEntry: (path: string) => `${path} has an unexpected format`,
    notJson: (path: string) => `${path} is not valid JSON`,
    manifestNotJson: 'its manifest is not valid JSON',
    manifestInvalid: 'its manifest has an unexpected format',
    manifestNotCanonical: 'its manifest is not in canonical JSON',
  },

  /** `case-hostile`: no program that writes case files does this. */
  archive: {
    tooManyEntries: 'it contains too many entries',
    totalTooLarge: 'its decompressed size is over the limit',
    entryTooLarge: 'the decompressed size of an entry is over the limit',
    duplicateName: 'two entries have the same name',
    hasComment: 'it contains a ZIP comment',
    overlap: 'its entries overlap or have gaps between them',
    notAFile: 'an entry is not a regular file',
    isFolder: 'an entry is a folder',
    entryComment: 'an entry has a comment',
    entryEncrypted: 'an entry uses ZIP encryption',
    unknownCompression: 'an entry uses an unsupported compression method',
    directoryInvalid: 'its ZIP directory is invalid',
    duplicatePart: 'a recording lists one of its parts twice',
    foreignPart: 'a recording lists a part outside its own folder',
    manifestDuplicate: 'its manifest lists an entry twice',
    manifestTooLarge: 'its manifest is too large',
    unlistedEntry: 'it contains an entry that its manifest does not list',
  },

  /** `policy-invalid` and `policy-floor` */
  policy: {
    notJson: 'it is not valid JSON',
    unreadable: 'it can’t be read',
    notAPolicy: 'it is not an object with the fields of a policy',
    /** `problem` is one of `policyProblem`. */
    field: (path: string, problem: string) => `its field ${path} ${problem}`,
  },
  /** The problems of one field of a policy, by `PolicyProblem`. */
  policyProblem: {
    invalid: 'has an invalid value',
    tooLong: 'is too long',
    notASelector: 'is not a supported CSS selector',
    notAPattern: 'is not a valid RE2 regular expression',
    matchesEmpty: 'matches empty text',
    duplicate: 'is used twice',
  } satisfies Record<PolicyProblem, string>,

  /** `sign-in-refused` */
  signIn: { unknown: 'it gave no known reason' },

  /** `connection-certificate` */
  certificate: {
    unreadable: 'the file is encrypted, or is not a certificate with its private key in PEM or PKCS#12 format',
    passphrase: 'the passphrase is incorrect, or the file is not in PEM or PKCS#12 format',
    noKey: 'the file contains no private key',
  },

  /** `proxy-script` */
  proxyScript: {
    unreachable: 'it could not be downloaded',
    tooLarge: 'it is too large',
    failed: 'it returned no proxy',
  },

  /** `remote-odd` */
  source: {
    status: (status: number) => `status ${status}`,
    noBucket: 'the bucket does not exist',
    otherRegion: 'the bucket is in a different region',
    regionIs: (region: string) => `the bucket is in the region ${region}; enter this region and its address`,
  },

  /** `remote-shape`: the part of a reply that does not match, where no schema gives it a path. */
  replyPart: {
    body: 'the response',
    linkHeader: 'the Link header',
  },
} as const;
