import type { ReplayCommand, ReplayPorts, ReplayReport } from '../../src-main/contract/replay-port';
import { loadEvents, ReplayFailure } from './chunk-source';
import { Player } from './player';

// The sealed end of the window: no bridge, no network; two ports are all that reaches in.
const shellOrigin = 'app://casement';

window.addEventListener('message', function receivePorts(message: MessageEvent<ReplayPorts>) {
  const [data, control] = message.ports;
  if (message.source !== window.parent || message.origin !== shellOrigin || !data || !control) return;
  window.removeEventListener('message', receivePorts);
  void run(data, control, message.data.isDark);
});

async function run(data: MessagePort, control: MessagePort, isDark: boolean): Promise<void> {
  const report = (message: ReplayReport): void => control.postMessage(message);
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  let player: Player | undefined;
  control.onmessage = ({ data: command }: MessageEvent<ReplayCommand>) => {
    if (command.kind === 'heartbeat') report({ kind: 'alive', beat: command.beat });
    else if (player) obey(player, command);
  };
  try {
    const stage = document.getElementById('stage');
    if (!stage) throw new ReplayFailure('bug');
    const loaded = await loadEvents(data, (chunks, count) => report({ kind: 'loading', chunks, count }));
    if (loaded.events.length < 2) throw new ReplayFailure('recording-no-snapshot');
    player = new Player(
      stage,
      loaded,
      (state) => report({ kind: 'time', ...state }),
      (size) => report({ kind: 'size', ...size }),
    );
    report({ kind: 'ready', durationMs: player.durationMs, ...player.size });
  } catch (error) {
    report({ kind: 'failed', code: error instanceof ReplayFailure ? error.code : 'bug' });
  }
}

function obey(player: Player, command: Exclude<ReplayCommand, { kind: 'heartbeat' }>): void {
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
      return player.setSkipIdle(command.isOn);
  }
}
