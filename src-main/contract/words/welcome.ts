export const welcomeWords = {
  tagline:
    'A one-way window onto your users’ sessions: find a session, replay it in a sandbox, and export what happened with private data removed.',
  waysToStart: 'Four ways to get started',
  demo: 'Try the demo',
  demoAbout: 'Casement starts a small recording server on this computer, connects to it and lists its sessions.',
  demoBusy: 'Starting the demo…',
  source: 'Add source',
  sourceAbout: 'Connect the session replay platform that your company already uses, with its address and a key.',
  file: 'Open file',
  fileAbout: 'Replay a recording, or verify and replay a case file, from disk. No network needed.',
  folder: 'Open folder',
  folderAbout:
    'Import every recording and case file in a folder. You can also drop files and folders onto this window.',
  promises: [
    'Replayed pages can’t run code or reach the network.',
    'Recordings are stored encrypted on this computer.',
    'Exports hide private data unless you choose otherwise.',
  ],
} as const;
