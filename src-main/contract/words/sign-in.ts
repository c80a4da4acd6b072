import type { Connection } from '../session';

/** The page that the browser shows at the end of a sign-in. It contains no data. */
export const signInPage = {
  done: { title: 'Signed in', text: 'You can close this page and return to Casement.' },
  failed: { title: 'Sign-in failed', text: 'Casement shows the reason. You can close this page.' },
  notFound: { title: 'Not found', text: 'Casement is waiting here for a sign-in.' },
} as const;

/** The choice between a key and a sign-in, and the fields of a sign-in. */
export const signInWords = {
  choice: 'Access',
  choices: { key: 'Key', 'sign-in': 'Sign in with the browser' },
  about:
    'Your browser opens the platform’s sign-in page. Casement gets a token that can only read recordings; you can revoke it at any time.',
  clientId: 'Client ID',
  clientIdOptional:
    'Leave empty: Casement registers itself with the server. Enter an ID only if your organization registered Casement as an OAuth application.',
  clientIdRequired:
    'Casement has no client ID of its own. Create a public OAuth application in the platform’s settings, with the redirect URI http://127.0.0.1/callback, and enter its client ID.',
  clientIdMissing: 'Enter the client ID of your OAuth application.',
  submit: 'Sign in',
  again: 'Sign in again',
  againTitle: (name: string) => `Sign in to ${name} again`,
  againAbout: 'Your browser opens the platform’s sign-in page. The source keeps its settings.',
  waiting: 'Complete the sign-in in your browser…',
  cancel: 'Cancel sign-in',
  signedIn: (name: string) => `You are signed in to ${name}.`,
  states: {
    keychain: 'Signed in',
    'this-run': 'Signed in until you quit',
    locked: 'Keychain locked',
    missing: 'Signed out',
    refused: 'Signed out',
    none: 'Signed out',
  } satisfies Record<Connection['key'], string>,
  testSignIn: 'Test sign-in',
  works: (name: string) => `The sign-in to ${name} works.`,
  useKey: 'Use a key instead',
  removed: (name: string) => `${name} was removed, and its sign-in was revoked.`,
  removeAbout:
    'Its sign-in is revoked if the platform allows it, and deleted from this computer. Sessions you downloaded stay in your library.',
  page: (platform: string) => `Open ${platform}’s list of sign-ins`,
  notRevoked: (name: string) =>
    `${name} was removed, but its sign-in could not be revoked. Revoke it in the platform’s settings.`,
} as const;

/** Settings for company networks: gateways and proxies. */
export const networkWords = {
  show: 'Gateway in front of the server',
  about: 'Sent only to this source’s address, and stored like a key.',
  headerName: 'Header',
  headerNameHint: 'CF-Access-Client-Id',
  headerValue: 'Value',
  headerWrong: 'Enter a header name that Casement doesn’t set itself, and a value of ASCII characters.',
  addHeader: 'Add header',
  removeHeader: 'Remove header',
  certificate: 'Client certificate',
  certificateAbout: 'A PKCS#12 file (.p12, .pfx), or a PEM file with the certificate and its private key.',
  choose: 'Choose file…',
  clearCertificate: 'Remove certificate',
  certificateTooLarge: 'The file is too large for a certificate.',
  passphrase: 'Passphrase of the certificate',
  passphraseHint: 'Only if the file is encrypted',
  editTitle: (name: string) => `Gateway of ${name}`,
  editAbout: (has: boolean) =>
    has
      ? 'The values are replaced by those that you enter here. Leave everything empty to remove them.'
      : 'Casement checks the connection before it stores the values.',
  edit: 'Gateway settings',
  save: 'Save',
  saved: 'The gateway settings were saved.',
  proxyTitle: 'Sign in to the proxy',
  proxyAbout: (proxy: string, isRejected: boolean) =>
    isRejected
      ? `The proxy ${proxy} rejected the user name or password.`
      : `The proxy ${proxy} requires a user name and password.`,
  proxyStored: 'They are kept in the keychain and sent only to this proxy.',
  user: 'User name',
  password: 'Password',
  proxySubmit: 'Continue',
} as const;
