import { plural } from './format';

/** Known signers and the user's own signing key. */
export const signerWords = {
  nameIt: 'Name this signer…',
  rename: 'Rename…',
  dialog: {
    title: 'Name this signer',
    renameTitle: 'Rename this signer',
    about:
      'From now on, case files signed with this key show this name. First compare the fingerprint with the signer through a different channel than the file, such as a call or in person.',
    fingerprint: 'Key fingerprint',
    name: 'Name',
    wrongName: 'Enter a single line of up to 100 visible characters',
    submit: 'I have verified the fingerprint',
    renameSubmit: 'Rename',
  },
  named: (name: string) => `Case files signed with this key now show “${name}”.`,
  settings: {
    title: 'Signatures',
    about: 'Case files are signed with a key. Changes here apply immediately.',
    own: 'Your key',
    ownAbout:
      'Give it to the people who receive your case files, and share the fingerprint through a different channel.',
    noOwn: 'You have no key yet. It is created when you first sign a case file, or create it now.',
    noKeychain: 'Your key can’t be read because the keychain is locked or unavailable.',
    makeOwn: 'Create key',
    copyKey: 'Copy public key',
    publicKey: 'Public key',
    exportOwn: 'Save for allowed_signers…',
    known: 'Known signers',
    noneKnown: 'No known signers yet. Open a signed case file and name its signer, or import a list.',
    since: (day: string) => `since ${day}`,
    nameOf: (fingerprint: string) => `Name for ${fingerprint}`,
    forget: (name: string) => `Forget ${name}`,
    forgotten: (name: string) => `“${name}” was removed from the known signers.`,
    import: 'Import…',
    importAbout: 'A list has the format of SSH’s allowed_signers file. Only import lists that you trust.',
    export: 'Export…',
    imported: (added: number, passedOver: number) =>
      [
        added === 0 ? 'The list contains no new signers.' : `${plural(added, 'signer was', 'signers were')} added.`,
        ...(passedOver === 0 ? [] : [`${plural(passedOver, 'line was', 'lines were')} skipped: no supported key.`]),
      ].join(' '),
    exported: (fileName: string) => `Saved as ${fileName}.`,
    damaged:
      'The list of known signers was modified by another program or is damaged. No signer is trusted until you start a new list. The damaged file is kept as a backup.',
    startNewList: 'Start a new list',
  },
} as const;
