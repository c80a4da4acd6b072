/** @typedef {import('../../src-main/contract/replay-port').ReplayReport} ReplayReport */

/**
 * Runs in each page of the app before its own scripts. In a replay frame it intercepts the control port without changing the app:
 * commands arrive through the port like the shell's, and the frame's reports are forwarded to the shell.
 */
export function probeFrame() {
  if (location.protocol !== 'replay:') return;
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  /** @type {MessagePort | undefined} */
  let control;
  /** @type {((report: ReplayReport) => void)[]} */
  const listeners = [];
  /** @type {NonNullable<Window['benchProbe']>} */
  const probe = {
    readyAt: 0,
    async seek(atMs) {
      /** @type {Promise<number>} */
      const done = new Promise((resolve) => {
        const onReport = (/** @type {ReplayReport} */ report) => {
          if (report.kind !== 'seeked') return;
          listeners.splice(listeners.indexOf(onReport), 1);
          resolve(performance.now());
        };
        listeners.push(onReport);
      });
      const started = performance.now();
      control?.dispatchEvent(new MessageEvent('message', { data: { kind: 'seek', atMs } }));
      const reported = await done;
      await painted();
      return { ms: reported - started, laterMs: performance.now() - started };
    },
  };
  Object.assign(window, { benchProbe: probe });
  window.addEventListener('message', (message) => {
    const [, port] = message.ports;
    if (control || !port) return;
    control = port;
    const post = port.postMessage.bind(port);
    port.postMessage = (/** @type {ReplayReport} */ report) => {
      if (report.kind === 'ready') probe.readyAt = performance.timeOrigin + performance.now();
      for (const onReport of [...listeners]) onReport(report);
      post(report);
    };
  });
}
