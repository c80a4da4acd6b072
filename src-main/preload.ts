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

// Typed calls and subscriptions made from the contract, nothing else. contextBridge freezes what it exposes.
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
        // The event object stays here: it would hand the page a sender.
        const forward = (_event: unknown, payload: unknown): void => listener(payload);
        ipcRenderer.on(channel, forward);
        return () => {
          ipcRenderer.off(channel, forward);
        };
      },
    ]),
  ),
});

// A port can't cross the bridge as an argument; it is posted to the page, which passes it on to the replay frame.
ipcRenderer.on(dataPortMessage, (event, origin: unknown) => {
  window.postMessage({ kind: dataPortMessage, origin }, window.location.origin, event.ports);
});

// What a user drops on the window is opened. Only a real drop counts, and only here are its paths known: the page names none.
window.addEventListener(
  'drop',
  (event) => {
    if (!event.isTrusted) return;
    const paths = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils.getPathForFile(file));
    ipcRenderer.send(droppedFilesMessage, paths.filter((path) => path !== '').slice(0, mostDropped));
  },
  { capture: true },
);
