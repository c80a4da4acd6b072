/**
 * The table of errors: one code, one kind, one sentence. `docs/errors.md` has an entry for each code.
 * A sentence may name `{places}` that are filled from `details`; details are never recording text and never a key.
 */
export type ErrorKind = 'cancelled' | 'user' | 'remote' | 'local' | 'untrusted' | 'bug';

interface ErrorEntry {
  kind: ErrorKind;
  sentence: string;
  /** For `remote`: is it worth asking again? */
  retryable?: true;
}

const table = {
  cancelled: { kind: 'cancelled', sentence: 'Stopped.' },
  bug: { kind: 'bug', sentence: 'Something went wrong inside Casement. Nothing was changed.' },
  'ipc-refused': { kind: 'bug', sentence: 'A window asked for something that it may not ask for.' },
  usage: { kind: 'user', sentence: 'The command was not understood: {reason}.' },

  'recording-empty': { kind: 'untrusted', sentence: 'The file is empty.' },
  'recording-unreadable': {
    kind: 'untrusted',
    sentence: 'This is not a session recording that Casement knows: {reason}.',
  },
  'recording-truncated': {
    kind: 'untrusted',
    sentence: 'The recording ends in the middle. Fetch or copy it again.',
  },
  'recording-no-snapshot': {
    kind: 'untrusted',
    sentence: 'The recording holds no full picture of a page, so there is nothing to replay.',
  },
  'recording-too-large': { kind: 'untrusted', sentence: 'The recording is larger than {limit}. {advice}' },

  'case-unreadable': { kind: 'untrusted', sentence: 'This is not a complete case file: {reason}.' },
  'case-changed': {
    kind: 'untrusted',
    sentence: 'The case file was changed after it was made: {path} does not match its hash.',
  },
  'case-newer': {
    kind: 'untrusted',
    sentence: 'The case file was made by a newer Casement (format {version}). Update to open it.',
  },
  'passphrase-needed': { kind: 'user', sentence: 'The case file is encrypted. Give its passphrase to open it.' },
  'passphrase-wrong': { kind: 'user', sentence: 'This is not the passphrase of the case file.' },
  'case-signature': {
    kind: 'untrusted',
    sentence: 'The signature of the case file does not fit its content. Ask whoever sent it for another copy.',
  },
  'case-audit': {
    kind: 'untrusted',
    sentence: 'The audit records in the case file are not proven: {reason}. Ask whoever sent it for another copy.',
  },
  'case-hostile': { kind: 'untrusted', sentence: 'The case file was refused: {reason}.' },

  'key-refused': {
    kind: 'remote',
    sentence: 'The server does not accept this key. Check it, or ask for a new one.',
  },
  'key-forbidden': { kind: 'remote', sentence: 'The key is valid but may not read recordings.' },
  'search-unknown': { kind: 'user', sentence: 'This source can’t be searched that way.' },
  'link-unknown': { kind: 'user', sentence: 'This platform has no player of its own that Casement could open.' },
  'export-timeline-only': {
    kind: 'user',
    sentence: 'This session is a timeline without a page. Casement can’t redact those yet, so it doesn’t export them.',
  },
  'search-no-email': {
    kind: 'user',
    sentence: 'This source does not tell whose its sessions are, so it can’t be searched by email.',
  },
  'remote-not-found': { kind: 'remote', sentence: 'The server has no such session any more.' },
  'remote-deleted': { kind: 'remote', sentence: 'The recording was deleted on the server for good.' },
  'remote-lost': {
    kind: 'remote',
    sentence: 'The server has lost the data of this recording. Asking again will not bring it back.',
  },
  'remote-rate-limited': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server asks to wait {seconds} seconds.',
  },
  'remote-failed': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server answered with an error ({status}). Try again later.',
  },
  'remote-unreachable': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server could not be reached. Check the address and the network.',
  },
  'remote-no-host': {
    kind: 'remote',
    retryable: true,
    sentence: 'The name of the server could not be found. Check the address and the network.',
  },
  'remote-gone': {
    kind: 'remote',
    retryable: true,
    sentence: 'The connection broke off in the middle of the server’s answer.',
  },
  'remote-cut': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server ended its answer before all that it had announced was there.',
  },
  'remote-changed': {
    kind: 'remote',
    retryable: true,
    sentence: 'The recording was changed on the server while it was being fetched. Pull it again.',
  },
  'remote-timeout': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server did not answer in {seconds} seconds. {advice}',
  },
  'remote-odd': { kind: 'remote', sentence: 'The server answered with something unexpected: {reason}.' },
  'remote-redirect': {
    kind: 'remote',
    sentence:
      'The server sends Casement on to another address, where the key must not go. Enter that one if it is right.',
  },
  'remote-elsewhere': {
    kind: 'remote',
    sentence: 'The server says that a file lies at an address which this source does not trust.',
  },
  'remote-no-service': { kind: 'remote', sentence: 'There is no recording service at this address. Check it.' },
  'remote-web-page': {
    kind: 'remote',
    sentence: 'A web page came instead of data, as from a server that asks to log in. Check the address.',
  },
  'remote-not-http': { kind: 'remote', sentence: 'What the server sent is no HTTP answer.' },
  'remote-not-json': { kind: 'remote', sentence: 'What the server sent is not JSON.' },
  'remote-nested': { kind: 'remote', sentence: 'The server’s JSON is nested more than {levels} levels deep.' },
  'remote-charset': { kind: 'remote', sentence: 'What the server sent is not text in UTF-8.' },
  'remote-shape': { kind: 'remote', sentence: 'The server’s answer is not as agreed: {place} does not fit.' },
  'remote-not-list': { kind: 'remote', sentence: 'What the server sent is no list of recordings.' },
  'remote-not-recording': { kind: 'remote', sentence: 'What the server sent is not a recording.' },
  'remote-endless': {
    kind: 'remote',
    sentence: 'The server’s list leads in a circle or has no end. Casement stopped following it.',
  },
  'remote-length': { kind: 'remote', sentence: 'The server sent more than the length that it gave of its answer.' },
  'remote-no-length': {
    kind: 'remote',
    sentence: 'The server does not say how long its answer is, so one that was cut off would look whole.',
  },
  'remote-compression': { kind: 'remote', sentence: 'The compression of the server’s answer can’t be undone.' },
  'remote-too-large': { kind: 'remote', sentence: 'The server sent more than {limit}. {advice}' },
  'remote-inflated': { kind: 'remote', sentence: 'The server’s answer unpacks to more than {limit}. {advice}' },
  'remote-head-large': { kind: 'remote', sentence: 'The head of the server’s answer is over {limit}. {advice}' },
  'remote-clock': {
    kind: 'remote',
    sentence: 'The server finds that this computer’s clock is wrong. Set it, then try again.',
  },
  'tls-untrusted': {
    kind: 'remote',
    sentence: 'The certificate of the server is not trusted. Add its CA to this source if it is your own.',
  },
  'tls-expired': { kind: 'remote', sentence: 'The certificate of the server has expired.' },
  'tls-wrong-host': { kind: 'remote', sentence: 'The certificate of the server is for another host.' },
  'tls-old': {
    kind: 'remote',
    sentence: 'The server speaks only versions of TLS that are not safe any more. It needs TLS 1.2 or newer.',
  },
  'tls-failed': { kind: 'remote', sentence: 'No safe connection could be made with the server.' },
  'tls-pin': {
    kind: 'remote',
    sentence: 'The server has another key than those that this source pins. Nothing was sent to it.',
  },
  'proxy-unreachable': {
    kind: 'remote',
    retryable: true,
    sentence: 'The proxy of this computer’s settings could not be reached.',
  },
  'proxy-auth': { kind: 'remote', sentence: 'The proxy of this computer’s settings wants a name and a password.' },
  'proxy-refused': {
    kind: 'remote',
    sentence: 'The proxy of this computer’s settings does not let Casement reach the server.',
  },
  'proxy-kind': { kind: 'local', sentence: 'This computer’s settings name a kind of proxy that Casement can’t use.' },
  offline: { kind: 'remote', retryable: true, sentence: 'You are working offline. Nothing was asked of the network.' },

  'query-needed': { kind: 'user', sentence: 'This source can’t list everything. Enter {fields}.' },
  'query-unknown': { kind: 'user', sentence: 'This source can’t be searched that way. It knows: {known}.' },
  'connection-unknown': { kind: 'user', sentence: 'This source is no longer there.' },
  'connection-address': { kind: 'user', sentence: 'The address must start with https:// and name a host.' },
  'connection-ingest': {
    kind: 'user',
    sentence: 'This address only takes data in and can’t be asked. Use https://{host} instead.',
  },
  'connection-place': { kind: 'user', sentence: 'This key does not reach that far. Check {field}.' },
  'connection-ca': { kind: 'user', sentence: 'The CA is not a certificate in PEM form.' },
  'connection-pin': {
    kind: 'user',
    sentence: 'A pin is the SHA-256 of a server’s key, such as sha256/… or 64 hex digits.',
  },
  'key-missing': { kind: 'user', sentence: 'There is no key for this source. Enter it again.' },
  'session-unknown': { kind: 'user', sentence: 'This session is no longer in the library.' },
  'note-unknown': { kind: 'user', sentence: 'This note is no longer there.' },
  'sign-key': {
    kind: 'user',
    sentence: 'This is no Ed25519 private key without a passphrase (PEM or OpenSSH).',
  },
  'signer-unknown': { kind: 'user', sentence: 'This signer is no longer known.' },
  'signer-key': { kind: 'user', sentence: 'This is no Ed25519 public key.' },
  'signer-many': { kind: 'user', sentence: 'There is room for 1,000 known signers. Forget one first.' },
  'case-unknown': { kind: 'user', sentence: 'This case is no longer there.' },
  'case-empty': {
    kind: 'user',
    sentence: 'None of the case’s sessions can be exported: they are no longer in the library, or have no page.',
  },
  'attachment-unknown': { kind: 'user', sentence: 'This text is no longer part of the case.' },
  'attachment-many': { kind: 'user', sentence: 'A case holds at most 50 texts. Remove one first.' },
  'policy-unknown': { kind: 'user', sentence: 'There is no policy called “{name}”.' },
  'policy-floor': {
    kind: 'local',
    sentence: 'The company’s redaction policy can’t be used: {reason}. Nothing can be exported until it is mended.',
  },
  'policy-shipped': { kind: 'user', sentence: '“{name}” comes with Casement. Save yours under another name.' },
  'policy-taken': { kind: 'user', sentence: 'You have a policy called “{name}” already. Choose another name.' },
  'policy-many': { kind: 'user', sentence: 'There is room for 100 policies. Remove one first.' },
  'policy-invalid': { kind: 'user', sentence: 'The policy can’t be used: {reason}.' },
  'format-unknown': { kind: 'user', sentence: 'There is no format called “{name}”.' },
  'file-too-large': { kind: 'user', sentence: 'This file is too large for what it should be.' },
  'pdf-needs-app': {
    kind: 'user',
    sentence: 'Only the app can make a PDF, because it takes a browser to print. Write “html” here, and print that.',
  },
  'pdf-failed': {
    kind: 'local',
    sentence: 'The report could not be printed as a PDF. What was there before is unchanged.',
  },
  'replay-too-large': {
    kind: 'user',
    sentence: 'The recording is larger than {limit}, which is too much for one page. Pack a case file instead.',
  },
  'file-missing': { kind: 'user', sentence: 'There is no such file.' },
  'file-denied': { kind: 'local', sentence: 'Casement can’t read this from the disk ({reason}).' },
  'folder-many-files': {
    kind: 'user',
    sentence: 'There are more than {limit} files. Those that were found first were looked at. {advice}',
  },
  'folder-too-deep': {
    kind: 'user',
    sentence: 'Some folders lie more than {limit} levels deep and were not entered. {advice}',
  },
  'folder-too-large': {
    kind: 'user',
    sentence: 'The files are larger than {limit} together. Those that were found first were looked at. {advice}',
  },

  'keychain-none': {
    kind: 'local',
    sentence: 'This computer offers no keychain. Keys can be kept for this run only.',
  },
  'keychain-locked': { kind: 'local', sentence: 'The keychain is locked. Unlock it and try again.' },
  'keychain-timeout': { kind: 'local', sentence: 'The keychain did not answer. It may be waiting for your password.' },
  'vault-damaged': {
    kind: 'local',
    sentence: 'A stored session can’t be read: its encrypted data was changed or damaged.',
  },
  'signers-damaged': {
    kind: 'local',
    sentence:
      'The list of known signers can’t be read: it was changed from outside or damaged. Nobody counts as known until a new list is begun.',
  },
  'search-broken': {
    kind: 'local',
    sentence: 'The search index can’t be kept on this disk: it was damaged again and again. Everything else works.',
  },
  'folder-missing': { kind: 'local', sentence: 'The folder to save in is not there any more.' },
  'disk-full': { kind: 'local', sentence: 'The disk is full. What was there before is unchanged.' },
  'disk-denied': { kind: 'local', sentence: 'Casement may not write there. What was there before is unchanged.' },
  'disk-failed': { kind: 'local', sentence: 'The disk refused ({reason}). What was there before is unchanged.' },
  'worker-gone': { kind: 'local', sentence: 'The background process ended. It has been started again.' },

  'leak-refused': {
    kind: 'untrusted',
    sentence: 'The export was refused: something private would have been in it ({channel}, {count} places). {advice}',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What crosses a process boundary. */
export interface ErrorReply {
  code: ErrorCode;
  details?: ErrorDetails | undefined;
}

export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(table, text);
}

/** The sentence for the user, its places filled. Where there is no advice to give, its place stays empty. */
export function errorSentence({ code, details = {} }: ErrorReply): string {
  const fill = (place: string): string => String(details[place] ?? (place === 'advice' ? '' : '?'));
  return errorTable[code].sentence.replace(/\{(\w+)\}/g, (_, place: string) => fill(place)).trimEnd();
}

/** The one error that Casement throws on purpose. Its message is its code: text of users or recordings never enters it. */
export class CasementError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'CasementError';
  }

  toReply(): ErrorReply {
    return this.details ? { code: this.code, details: this.details } : { code: this.code };
  }
}

/** A code, or all codes with the same first word, such as `keychain-*`. */
export type CodePattern = ErrorCode | (ErrorCode extends infer Code extends string ? GroupOf<Code> : never);
type GroupOf<Code extends string> = Code extends `${infer First}-${string}` ? `${First}-*` : never;

export function matchesCode(code: ErrorCode, ...patterns: readonly CodePattern[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('-*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern,
  );
}

/** Returns whether something that was thrown is Casement's own error with one of these codes. */
export function hasCode(error: unknown, ...patterns: readonly CodePattern[]): error is CasementError {
  return error instanceof CasementError && matchesCode(error.code, ...patterns);
}

/** Anything that was thrown, as a reply. What isn't ours is a bug, and its text stays inside. */
export function toErrorReply(thrown: unknown): ErrorReply {
  if (thrown instanceof CasementError) return thrown.toReply();
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled' };
  return { code: 'bug' };
}
