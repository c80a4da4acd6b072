/**
 * The table of errors: a code, a kind and a message. `docs/errors.md` has an entry for each code.
 * `{placeholders}` in a message are filled from `details`, which never contain recording text or a key.
 */
export type ErrorKind = 'cancelled' | 'user' | 'remote' | 'local' | 'untrusted' | 'bug';

interface ErrorEntry {
  kind: ErrorKind;
  sentence: string;
  /** The same request may succeed later, or after a change that the sentence names. Only for `remote` and `untrusted`. */
  retryable?: true;
}

const table = {
  cancelled: { kind: 'cancelled', sentence: 'Cancelled.' },
  bug: { kind: 'bug', sentence: 'Something went wrong inside Casement. Nothing was changed.' },
  'ipc-refused': {
    kind: 'bug',
    sentence:
      'A window sent a request that it is not allowed to send. Restart Casement; if it happens again, report it.',
  },
  usage: { kind: 'user', sentence: 'Invalid command: {reason}.' },

  'recording-empty': { kind: 'untrusted', sentence: 'The file is empty. Download or copy it again.' },
  'recording-unreadable': {
    kind: 'untrusted',
    sentence: 'Casement does not support this file as a session recording: {reason}.',
  },
  'recording-truncated': {
    kind: 'untrusted',
    retryable: true,
    sentence: 'The recording is incomplete. Download or copy it again.',
  },
  'recording-no-snapshot': {
    kind: 'untrusted',
    sentence: 'The recording contains no page, and no events for a timeline. Check that it is the file you meant.',
  },
  'recording-too-large': {
    kind: 'untrusted',
    retryable: true,
    sentence: 'The recording is larger than {limit}. {advice}',
  },

  'case-unreadable': {
    kind: 'untrusted',
    sentence: 'The case file can’t be read: {reason}. Ask the sender for another copy.',
  },
  'case-changed': {
    kind: 'untrusted',
    sentence:
      'The case file was modified after it was created: {path} does not match its hash. Ask the sender for the original.',
  },
  'case-newer': {
    kind: 'untrusted',
    sentence:
      'The case file was created by a newer version of Casement (format {version}). Update Casement to open it.',
  },
  'passphrase-needed': { kind: 'user', sentence: 'The case file is encrypted. Enter its passphrase to open it.' },
  'passphrase-wrong': { kind: 'user', sentence: 'The passphrase is incorrect. Try again.' },
  'case-signature': {
    kind: 'untrusted',
    sentence: 'The signature of the case file does not match its content. Ask the sender for another copy.',
  },
  'case-audit': {
    kind: 'untrusted',
    sentence: 'The audit records in this case file could not be verified: {reason}. Ask the sender for another copy.',
  },
  'case-hostile': {
    kind: 'untrusted',
    sentence: 'The case file was rejected because it looks malicious: {reason}. Ask the sender how it was made.',
  },

  'key-refused': {
    kind: 'remote',
    sentence: 'The server rejected this key. Check it, or ask for a new one.',
  },
  'key-forbidden': {
    kind: 'remote',
    retryable: true,
    sentence: 'The key is valid but is not allowed to read recordings. Ask for a key with that permission.',
  },
  'key-scope': {
    kind: 'remote',
    retryable: true,
    sentence: 'The key is valid but lacks {scopes}. Ask for a key with that permission.',
  },
  'key-password': {
    kind: 'remote',
    sentence: 'The server rejected this user name or password. Check both: letter case matters.',
  },
  'key-organization': {
    kind: 'remote',
    retryable: true,
    sentence:
      'The organization does not allow its members’ personal API keys. Ask an administrator of the organization to allow them.',
  },
  'key-role': {
    kind: 'remote',
    retryable: true,
    sentence:
      'The key is valid, but its owner’s role has no access to recordings in this project. Ask an administrator to give the owner access.',
  },
  'key-replay-access': {
    kind: 'remote',
    retryable: true,
    sentence:
      'The organization limits replays to chosen members, and the key’s owner is not one of them. Ask an owner or manager to add the key’s owner. An integration can’t be added: use the personal token of a chosen member.',
  },
  'key-signed-out': {
    kind: 'remote',
    sentence: 'Your sign-in has ended or was revoked. Sign in again.',
  },
  'sign-in-denied': { kind: 'user', sentence: 'The sign-in was declined in the browser.' },
  'sign-in-refused': { kind: 'remote', sentence: 'The platform refused the sign-in: {reason}. Try again.' },
  'sign-in-state': {
    kind: 'untrusted',
    sentence: 'The browser’s reply does not belong to this sign-in. Nothing was stored. Try again.',
  },
  'sign-in-late': { kind: 'user', sentence: 'The sign-in was not completed within {minutes} minutes. Try again.' },
  'sign-in-client': {
    kind: 'user',
    sentence:
      'The platform does not accept this client ID. It must belong to a public OAuth application, which has no secret.',
  },
  'sign-in-none': { kind: 'remote', sentence: 'This server offers no sign-in. Use a key instead.' },
  'search-unknown': { kind: 'user', sentence: 'This source can’t be searched that way.' },
  'link-unknown': { kind: 'user', sentence: 'This platform has no player that Casement can link to.' },
  'search-no-email': {
    kind: 'user',
    sentence: 'This source doesn’t record users, so it can’t be searched by email.',
  },
  'remote-not-found': { kind: 'remote', sentence: 'The session no longer exists on the server.' },
  'remote-no-sessions': {
    kind: 'remote',
    sentence: 'The server lists no sessions of this user. Check the address, and the project of the source.',
  },
  'remote-deleted': { kind: 'remote', sentence: 'The recording was permanently deleted on the server.' },
  'remote-lost': {
    kind: 'remote',
    sentence: 'The server has lost the data of this recording. Trying again will not help.',
  },
  'pull-failed': {
    kind: 'remote',
    sentence:
      '{failed} of {total} sessions could not be downloaded ({incomplete} others are incomplete). The reasons are above. Run the command again to try again.',
  },
  'pull-incomplete': {
    kind: 'remote',
    sentence: '{incomplete} of {total} downloaded sessions are not complete. What is missing is listed above.',
  },
  'remote-no-data': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server has no data for this session at the moment. Try again in a few minutes.',
  },
  'remote-blocked': {
    kind: 'remote',
    sentence:
      'A gateway or firewall in front of the server blocked the request ({status}), so the key was not checked. Connect to your company’s network or VPN, or ask its administrator to let Casement through.',
  },
  'remote-rate-limited': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server is limiting requests. Wait {seconds} s, then try again.',
  },
  'remote-quota': {
    kind: 'remote',
    sentence:
      'The platform refused because the organization’s quota is used up or a payment is due. Ask an administrator to check its plan and billing.',
  },
  'remote-failed': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server reported an error ({status}). Try again later.',
  },
  'remote-unreachable': {
    kind: 'remote',
    retryable: true,
    sentence: 'Could not connect to the server. Check the address and the network.',
  },
  'remote-no-host': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s host name could not be found. Check the address and the network.',
  },
  'remote-gone': {
    kind: 'remote',
    retryable: true,
    sentence: 'The connection was lost before the response was complete. Try again.',
  },
  'remote-cut': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server closed the connection before the response was complete. Try again.',
  },
  'remote-changed': {
    kind: 'remote',
    retryable: true,
    sentence: 'The recording changed on the server during the download. Download it again.',
  },
  'remote-timeout': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server did not respond within {seconds} s. {advice}',
  },
  'remote-odd': { kind: 'remote', sentence: 'Unexpected response from the server: {reason}.' },
  'remote-redirect': {
    kind: 'remote',
    sentence:
      'The server redirects to a different address. Casement doesn’t send the key there. If the new address is correct, add the source with that address.',
  },
  'remote-elsewhere': {
    kind: 'remote',
    sentence: 'The server pointed to a file on an untrusted host. No request was sent there.',
  },
  'remote-no-service': {
    kind: 'remote',
    sentence: 'There is no recording service at this address. Check the address.',
  },
  'remote-no-replay': {
    kind: 'remote',
    retryable: true,
    sentence: 'Session Replay is not enabled for this organization. Ask one of its administrators to enable it.',
  },
  'remote-web-page': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server returned a web page instead of data, possibly a sign-in page. Check the address.',
  },
  'remote-not-http': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s response is not valid HTTP. Check the address.',
  },
  'remote-not-json': { kind: 'remote', sentence: 'The server’s response is not valid JSON.' },
  'remote-nested': { kind: 'remote', sentence: 'The server’s JSON is nested more than {levels} levels deep.' },
  'remote-charset': { kind: 'remote', sentence: 'The server’s response is not valid UTF-8 text.' },
  'remote-shape': {
    kind: 'remote',
    sentence: 'Unexpected response from the server: {place} has an unexpected format.',
  },
  'remote-not-list': { kind: 'remote', sentence: 'The server’s response is not a list of recordings.' },
  'remote-not-recording': { kind: 'remote', sentence: 'The server’s response is not a recording.' },
  'remote-endless': {
    kind: 'remote',
    sentence: 'The server’s list does not end, so Casement stopped reading it.',
  },
  'remote-length': { kind: 'remote', retryable: true, sentence: 'The server sent more data than it announced.' },
  'remote-no-length': {
    kind: 'remote',
    sentence: 'The server did not announce the length of its response, so Casement can’t check that it is complete.',
  },
  'remote-compression': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s response could not be decompressed.',
  },
  'remote-too-large': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s response is larger than {limit}. {advice}',
  },
  'remote-inflated': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s response is larger than {limit} after decompression. {advice}',
  },
  'remote-head-large': {
    kind: 'remote',
    retryable: true,
    sentence: 'The server’s response headers are larger than {limit}. {advice}',
  },
  'remote-clock': {
    kind: 'remote',
    retryable: true,
    sentence: 'This computer’s clock is wrong, so the server rejected the request. Set the clock, then try again.',
  },
  'tls-untrusted': {
    kind: 'remote',
    sentence: 'The server’s certificate is not trusted. If the server uses your own CA, add the CA to this source.',
  },
  'tls-expired': {
    kind: 'remote',
    retryable: true,
    sentence:
      'The server’s certificate has expired or is not valid yet. Check this computer’s clock, or ask the server’s administrator.',
  },
  'tls-wrong-host': {
    kind: 'remote',
    sentence: 'The server’s certificate is for a different host. Check the address.',
  },
  'tls-old': {
    kind: 'remote',
    sentence:
      'The server only supports outdated versions of TLS. Casement requires TLS 1.2 or later. Ask the server’s administrator to enable it.',
  },
  'tls-failed': {
    kind: 'remote',
    retryable: true,
    sentence:
      'Could not establish a secure connection to the server. Check the address and the proxy, or ask the server’s administrator.',
  },
  'tls-certificate-missing': {
    kind: 'remote',
    sentence: 'The server requires a client certificate. Add one to this source.',
  },
  'tls-certificate-refused': {
    kind: 'remote',
    sentence:
      'The server rejected the client certificate of this source. It may have expired, or be for another server.',
  },
  'tls-pin': {
    kind: 'remote',
    sentence:
      'The server’s certificate does not match the pinned key. Nothing was sent. Ask the server’s administrator whether its key was replaced.',
  },
  'proxy-unreachable': {
    kind: 'remote',
    retryable: true,
    sentence: 'Could not connect to the proxy in this computer’s settings. Check the proxy settings.',
  },
  'proxy-auth': {
    kind: 'remote',
    retryable: true,
    sentence: 'The proxy {proxy} requires a user name and password.',
  },
  'proxy-login': {
    kind: 'remote',
    retryable: true,
    sentence: 'The proxy {proxy} rejected the user name or password.',
  },
  'proxy-method': {
    kind: 'local',
    sentence:
      'The proxy {proxy} requires a way to sign in that Casement doesn’t support, such as NTLM or Kerberos. Ask for one that accepts a user name and password.',
  },
  'proxy-script': {
    kind: 'local',
    sentence: 'The proxy script in the settings can’t be used: {reason}. No request was sent.',
  },
  'proxy-refused': {
    kind: 'remote',
    retryable: true,
    sentence: 'The proxy in this computer’s settings blocked the connection to the server.',
  },
  'proxy-kind': {
    kind: 'local',
    sentence: 'This computer’s settings use a type of proxy that Casement doesn’t support.',
  },
  offline: {
    kind: 'remote',
    retryable: true,
    sentence: 'You are working offline. No request was sent. Turn off offline mode to connect.',
  },

  'query-needed': { kind: 'user', sentence: 'This source can’t list all sessions. Enter {fields}.' },
  'query-unknown': { kind: 'user', sentence: 'This source can’t be searched that way. Supported filters: {known}.' },
  'connection-unknown': { kind: 'user', sentence: 'This source no longer exists. Add it again if you need it.' },
  'connection-address': { kind: 'user', sentence: 'The address must start with https:// and contain a host name.' },
  'connection-ingest': {
    kind: 'user',
    sentence: 'This address only accepts incoming data. Use https://{host} instead.',
  },
  'connection-place': {
    kind: 'user',
    sentence: 'This key has no access to {field}. Check the value, or ask for a key with access.',
  },
  'connection-project': {
    kind: 'user',
    sentence: 'This server lists the recordings of one project at a time. Enter the project number.',
  },
  'connection-ca': {
    kind: 'user',
    sentence: 'The CA is not a certificate in PEM format. It starts with “-----BEGIN CERTIFICATE-----”.',
  },
  'gateway-missing': {
    kind: 'user',
    sentence: 'The extra headers or the client certificate of this source are missing. Enter them again.',
  },
  'connection-certificate': {
    kind: 'user',
    sentence: 'The client certificate can’t be used: {reason}.',
  },
  'connection-pin': {
    kind: 'user',
    sentence: 'A pin must be the SHA-256 of a server’s public key, such as sha256/… or 64 hex digits.',
  },
  'key-missing': { kind: 'user', sentence: 'The key for this source is missing. Enter it again.' },
  'session-unknown': { kind: 'user', sentence: 'This session is no longer in the library. Import or pull it again.' },
  'note-unknown': { kind: 'user', sentence: 'This note no longer exists.' },
  'sign-key': {
    kind: 'user',
    sentence: 'The key must be an Ed25519 private key without a passphrase, in PEM or OpenSSH format.',
  },
  'signer-unknown': { kind: 'user', sentence: 'This signer is no longer in the list of known signers.' },
  'signer-key': { kind: 'user', sentence: 'The key must be an Ed25519 public key.' },
  'signer-many': { kind: 'user', sentence: 'You can have at most 1,000 known signers. Remove one first.' },
  'case-unknown': { kind: 'user', sentence: 'This case no longer exists.' },
  'case-empty': {
    kind: 'user',
    sentence: 'None of the case’s sessions can be exported. They are no longer in the library.',
  },
  'attachment-unknown': { kind: 'user', sentence: 'This text is no longer part of the case.' },
  'attachment-many': { kind: 'user', sentence: 'A case can have at most 50 texts. Remove one first.' },
  'policy-unknown': { kind: 'user', sentence: 'There is no policy named “{name}”. Choose another one.' },
  'policy-floor': {
    kind: 'local',
    sentence: 'The company’s redaction policy can’t be used: {reason}. Exports are blocked until it is fixed.',
  },
  'policy-shipped': { kind: 'user', sentence: '“{name}” is a built-in policy. Save yours under a different name.' },
  'policy-taken': { kind: 'user', sentence: 'A policy named “{name}” already exists. Choose a different name.' },
  'policy-many': { kind: 'user', sentence: 'You can have at most 100 policies. Remove one first.' },
  'policy-invalid': { kind: 'user', sentence: 'The policy can’t be used: {reason}. Change it, then try again.' },
  'format-unknown': { kind: 'user', sentence: 'There is no format named “{name}”. Choose another one.' },
  'file-too-large': { kind: 'user', sentence: 'This file is too large. Choose a smaller one.' },
  'pdf-needs-app': {
    kind: 'user',
    sentence: 'Only the app can create a PDF. Export “html” instead and print it.',
  },
  'pdf-failed': {
    kind: 'local',
    sentence:
      'The report could not be saved as a PDF. Existing files are unchanged. Save it as HTML instead and print it.',
  },
  'replay-too-large': {
    kind: 'user',
    sentence: 'The recording is larger than {limit}, which is too large for a replay page. Create a case file instead.',
  },
  'file-missing': { kind: 'user', sentence: 'The file does not exist. Check its name.' },
  'file-denied': {
    kind: 'local',
    sentence: 'Casement can’t read this file or folder ({reason}). Check its permissions.',
  },
  'folder-many-files': {
    kind: 'user',
    sentence: 'There are more than {limit} files. The rest were skipped. {advice}',
  },
  'folder-too-deep': {
    kind: 'user',
    sentence: 'Some folders are nested more than {limit} levels deep and were skipped. {advice}',
  },
  'folder-too-large': {
    kind: 'user',
    sentence: 'The files are larger than {limit} in total. The rest were skipped. {advice}',
  },

  'keychain-none': {
    kind: 'local',
    sentence: 'This computer has no keychain. Keys can only be kept until you quit.',
  },
  'keychain-locked': { kind: 'local', sentence: 'The keychain is locked. Unlock it and try again.' },
  'keychain-timeout': {
    kind: 'local',
    sentence: 'The keychain did not respond. It may be waiting for your password: unlock it and try again.',
  },
  'vault-damaged': {
    kind: 'local',
    sentence:
      'A stored session can’t be read because its encrypted data was modified or is damaged. Import or pull it again.',
  },
  'signers-damaged': {
    kind: 'local',
    sentence:
      'The list of known signers was modified by another program or is damaged. No signer is trusted until you start a new list.',
  },
  'search-broken': {
    kind: 'local',
    sentence: 'The search index keeps getting damaged on this disk. Everything else still works.',
  },
  'folder-missing': { kind: 'local', sentence: 'The destination folder no longer exists. Choose another one.' },
  'disk-full': {
    kind: 'local',
    sentence: 'The disk is full. Existing files are unchanged. Free some space, then try again.',
  },
  'disk-denied': {
    kind: 'local',
    sentence: 'Casement has no permission to write there. Existing files are unchanged. Choose another folder.',
  },
  'disk-failed': {
    kind: 'local',
    sentence: 'The disk reported an error ({reason}). Existing files are unchanged. Try again, or choose another disk.',
  },
  'worker-gone': { kind: 'local', sentence: 'The background process stopped and was restarted. Try again.' },

  'leak-refused': {
    kind: 'untrusted',
    sentence: 'The export was blocked because private data was found in it ({channel}, matches: {count}). {advice}',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** The part of an error that crosses a process boundary. */
export interface ErrorReply {
  code: ErrorCode;
  details?: ErrorDetails | undefined;
}

export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;

/**
 * Returns whether to offer “Try again”. Not after an error that repeats until the user changes something else: an invalid input, or an answer of
 * the server that is final.
 */
export function canRetry({ code }: ErrorReply): boolean {
  const { kind, retryable } = errorTable[code];
  return kind === 'local' || kind === 'bug' || retryable === true;
}

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(table, text);
}

/** Returns the message for the user with its placeholders filled. A missing `{advice}` is left empty. */
export function errorSentence({ code, details = {} }: ErrorReply): string {
  const fill = (place: string): string => String(details[place] ?? (place === 'advice' ? '' : '?'));
  return errorTable[code].sentence.replace(/\{(\w+)\}/g, (_, place: string) => fill(place)).trimEnd();
}

/** The only error that Casement throws on purpose. Its message is its code and never contains text of users or recordings. */
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

/** Converts anything that was thrown to a reply. An unknown error is a bug, and its text isn't passed on. */
export function toErrorReply(thrown: unknown): ErrorReply {
  if (thrown instanceof CasementError) return thrown.toReply();
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled' };
  return { code: 'bug' };
}
