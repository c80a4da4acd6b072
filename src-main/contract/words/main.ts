/** The words of the system's dialogs that main opens. */
export const words = {
  openFile: 'Open a recording or a case file',
  openPolicy: 'Import a redaction policy',
  startFailed: 'Casement could not start',
  openFileFilter: 'Recordings and case files',
} as const;
