'use strict';

const { app, BrowserWindow } = require('electron');

// The peer of the app's start: a window of the same size with a page that contains one button and nothing else.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1360, height: 860, webPreferences: { sandbox: true } });
  void window.loadURL('data:text/html,<!doctype html><title>Empty</title><button>Open file</button>');
});

app.on('window-all-closed', () => app.quit());
