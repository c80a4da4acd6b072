/** The words of the system's dialogs that main opens. */
export const words = {
  openFile: 'Open a recording or a case file',
  openFolder: 'Open everything in a folder',
  openPolicy: 'Import a redaction policy',
  openSigners: 'Import known signers',
  /** Who signs, in the user's own line of a file like ssh's `allowed_signers`: whoever takes it puts the name there. */
  ownSigner: 'casement-user',
  startFailed: 'Casement could not start',
  failed: 'Casement has to close',
  openFileFilter: 'Recordings and case files',
} as const;
