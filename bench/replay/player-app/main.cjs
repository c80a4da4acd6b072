'use strict';

const { app, BrowserWindow, net, protocol } = require('electron');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

// The peer: rrweb-player in a minimal window of the same Electron, sandbox on.
protocol.registerSchemesAsPrivileged([
  { scheme: 'bench', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

void app.whenReady().then(() => {
  const folder = String(process.env.BENCH_FILES);
  protocol.handle('bench', ({ url }) =>
    net.fetch(pathToFileURL(path.join(folder, path.basename(new URL(url).pathname))).href),
  );
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    webPreferences: { sandbox: true, backgroundThrottling: false },
  });
  void window.loadURL('bench://player/index.html');
});

app.on('window-all-closed', () => app.quit());
