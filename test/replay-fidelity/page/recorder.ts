import { addCustomEvent, record, takeFullSnapshot } from 'rrweb';

/** Recorded events, as JSON. */
const events: string[] = [];

const innerStart = 'start-inner-recording';

Object.assign(window, {
  startRecording(isInner: boolean): void {
    record({
      emit: (event) => void events.push(JSON.stringify(event)),
      collectFonts: true,
      recordCanvas: true,
      recordCrossOriginIframes: true,
      sampling: { canvas: 10 },
      dataURLOptions: { type: 'image/png' },
    });
    if (isInner) return;
    for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage(innerStart, '*');
    // As recorders do that follow full screen: rrweb itself doesn't.
    let shownId = -1;
    document.addEventListener('fullscreenchange', () => {
      const id = document.fullscreenElement ? record.mirror.getId(document.fullscreenElement) : -1;
      if (shownId !== -1) addCustomEvent('rrweb/fullscreen', { id: shownId, enter: false });
      if (id !== -1) addCustomEvent('rrweb/fullscreen', { id, enter: true });
      shownId = id;
    });
  },
  takeSnapshot: () => takeFullSnapshot(true),
  takeEvents: () => events.splice(0),
});
// A frame of another origin records itself and sends its events to the page around it, which has to listen by then.
window.addEventListener('message', ({ data }) => {
  if (data === innerStart) (window as unknown as { startRecording(isInner: boolean): void }).startRecording(true);
});
