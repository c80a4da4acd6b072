import type {
  DataMessage,
  ReplayCommand,
  ReplayIndex,
  ReplayPorts,
  ReplayReport,
} from '../../src-main/contract/replay-port';
import { describeBug } from '../../src-main/contract/shared/describe-bug';
import { painted, turn } from './paint';
import { PageStage } from './stage';
import { SegmentPlayer } from './segment-player';
import { ReplayFailure, SegmentSource } from './segment-source';

// The sandboxed part of the window. It has no bridge and no network, only two message ports.
const shellOrigin = 'app://casement';
/** The origin that sends the ports: the shell around this frame, or in a separate window its preload, which has the page's origin. */
const senderOrigin = window.parent === window ? window.location.origin : shellOrigin;

window.addEventListener('message', function receivePorts(message: MessageEvent<ReplayPorts>) {
  const [data, control] = message.ports;
  if (message.source !== window.parent || message.origin !== senderOrigin || !data || !control) return;
  window.removeEventListener('message', receivePorts);
  run(data, control, message.data);
});

function run(data: MessagePort, control: MessagePort, { isDark, atMs }: ReplayPorts): void {
  performance.mark('casement:ports');
  setTheme(isDark);
  const report = (message: ReplayReport): void => control.postMessage(message);
  const reportBug = (error: unknown): void =>
    report({ kind: 'bug', bug: describeBug(error, `${window.location.protocol}//${window.location.host}/`) });
  window.addEventListener('error', ({ error }) => reportBug(error));
  window.addEventListener('unhandledrejection', ({ reason }) => reportBug(reason));
  const fail = (error: unknown): void => {
    player?.close();
    if (!(error instanceof ReplayFailure)) reportBug(error);
    report({ kind: 'failed', code: error instanceof ReplayFailure ? error.code : 'bug' });
  };
  let player: SegmentPlayer | undefined;
  control.onmessage = ({ data: command }: MessageEvent<ReplayCommand>) => {
    if (command.kind === 'heartbeat') report({ kind: 'alive', beat: command.beat });
    else if (command.kind === 'theme') setTheme(command.isDark);
    else if (player) dispatch(player, command);
  };
  const source = new SegmentSource(
    (request) => data.postMessage(request),
    (index) => {
      if (player) {
        player.setIndex(index);
        report({ kind: 'duration', durationMs: index.durationMs });
      } else if (index.segments.length === 0) fail(new ReplayFailure('recording-no-snapshot'));
      else {
        performance.mark('casement:index');
        player = openPlayer(index, source, atMs, report, fail);
      }
    },
    fail,
  );
  data.onmessage = (message: MessageEvent<DataMessage>) => source.onMessage(message.data);
}

function openPlayer(
  index: ReplayIndex,
  source: SegmentSource,
  atMs: number | undefined,
  report: (message: ReplayReport) => void,
  fail: (error: unknown) => void,
): SegmentPlayer {
  const root = document.getElementById('stage');
  if (!root) throw new ReplayFailure('bug');
  let isReady = false;
  const stage = new PageStage(root, (size) => report({ kind: 'size', ...size }));
  const host = {
    now: () => performance.now(),
    nextFrame: (next: () => void) => void requestAnimationFrame(next),
    whenIdle: (next: () => void) => {
      const handle = requestIdleCallback(next, { timeout: 1000 });
      return () => cancelIdleCallback(handle);
    },
    painted,
    turn,
  };
  const player = new SegmentPlayer(index, source, stage, host, {
    onTime: (time, isPlaying) => report({ kind: 'time', atMs: time, isPlaying }),
    onLoading: () => report({ kind: 'loading' }),
    onSeeked: (time, tookMs) => {
      if (!isReady) {
        isReady = true;
        performance.measure('casement:open', 'casement:ports');
        report({ kind: 'ready', durationMs: player.durationMs, isBlank: player.isBlank, ...player.size });
      }
      const start = performance.now() - tookMs;
      performance.measure('casement:seek', { start, duration: tookMs, detail: { atMs: time } });
      report({ kind: 'seeked', atMs: time, tookMs });
    },
    onSize: (size) => report({ kind: 'size', ...size }),
    onFailure: fail,
  });
  player.open(atMs).catch(fail);
  return player;
}

function setTheme(isDark: boolean): void {
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
}

function dispatch(player: SegmentPlayer, command: Exclude<ReplayCommand, { kind: 'heartbeat' | 'theme' }>): void {
  switch (command.kind) {
    case 'play':
      return player.play();
    case 'pause':
      return player.pause();
    case 'seek':
      return player.seek(command.atMs);
    case 'speed':
      return player.setSpeed(command.speed);
    case 'skip-idle':
      return player.setSkippingIdle(command.isOn);
  }
}
