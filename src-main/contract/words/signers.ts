import { plural } from './format';

/** What the shell says about whose signatures the user knows. */
export const signerWords = {
  nameIt: 'Name this signer…',
  rename: 'Rename…',
  dialog: {
    title: 'Name this signer',
    renameTitle: 'Rename this signer',
    about:
      'From now on, case files with this key count as signed by somebody whom you know. Compare the fingerprint first by another way than the one that the file came on: a call, or face to face.',
    fingerprint: 'Fingerprint of the key',
    name: 'Name',
    wrongName: 'One line of up to 100 visible characters',
    submit: 'I compared it: keep this name',
    renameSubmit: 'Keep this name',
  },
  named: (name: string) => `Case files with this key are now signed by “${name}”.`,
  settings: {
    title: 'Signatures',
    about: 'Who signed a case file is told by the key. What you change here holds at once.',
    own: 'Your own key',
    ownAbout: 'Give it to those who get case files from you; the fingerprint on another way than the files.',
    noOwn: 'You have no key yet. It is made when you first sign a case file, or now.',
    noKeychain: 'Your key can’t be read: the keychain that keeps it is locked or not there.',
    makeOwn: 'Make my key',
    copyKey: 'Copy the public key',
    publicKey: 'Public key',
    exportOwn: 'Save for allowed_signers…',
    known: 'Signers that you know',
    noneKnown: 'Nobody yet. Open a case file that somebody signed, and name them there, or import a list.',
    since: (day: string) => `since ${day}`,
    nameOf: (fingerprint: string) => `Name of ${fingerprint}`,
    forget: (name: string) => `Forget ${name}`,
    forgotten: (name: string) => `“${name}” is no longer known.`,
    import: 'Import…',
    importAbout: 'Lists are files like ssh’s allowed_signers. Import only those that you trust.',
    export: 'Export…',
    imported: (added: number, passedOver: number) =>
      [
        added === 0 ? 'Nobody new was in the list.' : `${plural(added, 'signer is', 'signers are')} now known.`,
        ...(passedOver === 0
          ? []
          : [`${plural(passedOver, 'line was', 'lines were')} passed over: no key for case files.`]),
      ].join(' '),
    exported: (fileName: string) => `Saved as ${fileName}.`,
    damaged:
      'The list of known signers was changed from outside or damaged. Nobody counts as known until you begin a new one; the damaged file is put aside.',
    beginAnew: 'Begin a new list',
  },
} as const;
