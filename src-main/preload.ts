import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  dataPortMessage,
  droppedFilesMessage,
  events,
  mostDropped,
  requests,
  type EventName,
  type RequestName,
} from './contract/ipc';

// Exposes only the typed calls and subscriptions of the contract. contextBridge freezes them.
const channels = Object.keys(requests) as RequestName[];
const eventChannels = Object.keys(events) as EventName[];

contextBridge.exposeInMainWorld('casement', {
  requests: Object.fromEntries(
    channels.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)]),
  ),
  events: Object.fromEntries(
    eventChannels.map((channel) => [
      channel,
      (listener: (payload: unknown) => void) => {
        // The event isn't passed on: it would give the page access to the sender.
        const forward = (_event: unknown, payload: unknown): void => listener(payload);
        ipcRenderer.on(channel, forward);
        return () => {
          ipcRenderer.off(channel, forward);
        };
      },
    ]),
  ),
});

// A port can't cross the bridge as an argument, so it is posted to the page, which passes it on to the replay frame.
ipcRenderer.on(dataPortMessage, (event, origin: unknown) => {
  window.postMessage({ kind: dataPortMessage, origin }, window.location.origin, event.ports);
});

// Reports the files that the user drops on the window. Synthetic events are ignored. The page itself never learns or names a path.
window.addEventListener(
  'drop',
  (event) => {
    if (!event.isTrusted) return;
    const paths = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils.getPathForFile(file));
    ipcRenderer.send(droppedFilesMessage, paths.filter((path) => path !== '').slice(0, mostDropped));
  },
  { capture: true },
);
