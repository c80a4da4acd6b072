/** System dialogs that the main process opens. */
export const words = {
  openFile: 'Open a recording or case file',
  openFolder: 'Open folder',
  openPolicy: 'Import a redaction policy',
  openSigners: 'Import known signers',
  /** Placeholder for the signer in the user's own `allowed_signers` line. The recipient replaces it with a name. */
  ownSigner: 'casement-user',
  startFailed: 'Casement could not start',
  failed: 'Casement must close',
  openFileFilter: 'Recordings and case files',
} as const;
