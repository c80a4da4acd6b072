import { ipcRenderer } from 'electron';
import { replayPortsMessage } from './contract/replay-port';

// The preload of the hidden window that takes screenshots of a replay. It passes the replay its ports and exposes no bridge.
ipcRenderer.on(replayPortsMessage, (event, ports: unknown) => {
  window.postMessage(ports, window.location.origin, event.ports);
});
