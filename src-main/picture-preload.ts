import { ipcRenderer } from 'electron';
import { replayPortsMessage } from './contract/replay-port';

// Of the window in which a replay is its own page: hands it its ports, and nothing else. No bridge; nothing can be asked from here.
ipcRenderer.on(replayPortsMessage, (event, ports: unknown) => {
  window.postMessage(ports, window.location.origin, event.ports);
});
