import { toErrorReply } from '../../../contract/errors';
import type { DataMessage, ReplayIndex, SegmentRequest } from '../../../contract/replay-port';
import type { RecordingFacts } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import { toAsciiJson } from '../../../core/recording/segments/ascii-json';
import { groupByWindow } from '../../../core/recording/segments/segment';
import type { StoredSegment, Vault } from '../../../node/vault/vault';
import type { MessagePortLike } from '../../rpc-server';
import { idleOf, indexOf } from './replay-index';

/** What is replayed, as far as a replay has to know. */
export interface ReplayedSession {
  id: string;
  facts: Pick<RecordingFacts, 'startedAt' | 'durationMs'>;
}

/** What a replay reads: of the vault, or of what lies beside it. */
export interface ReplayVault extends Pick<Vault, 'segments' | 'readSegment' | 'timelineParts'> {
  get(id: string): Promise<ReplayedSession>;
}

/** One window of a session that a frame shows. */
interface OpenReplay {
  id: string;
  windowId: string;
  segments: readonly StoredSegment[];
  send: (message: DataMessage) => void;
}

/** Serves segments over the data ports of the replay frames that are open. */
export class ReplayServer {
  private readonly open = new Set<OpenReplay>();

  constructor(private readonly vault: () => ReplayVault) {}

  /** Serves one window of a session, the busiest unless another is wanted. Returns which window it is. */
  async serve(session: ReplayedSession, wantedWindow: string | null, port: MessagePortLike): Promise<string> {
    const windows = groupByWindow(await this.vault().segments(session.id));
    const windowId = wantedWindow !== null && windows.has(wantedWindow) ? wantedWindow : busiest(windows);
    const segments = windows.get(windowId) ?? [];
    const replay: OpenReplay = {
      id: session.id,
      windowId,
      segments,
      send: (message) => port.postMessage(message),
    };
    this.open.add(replay);
    port.on('message', ({ data }) => void this.answer(replay, data));
    port.on('close', () => this.open.delete(replay));
    port.start();
    const index = indexOf(session.facts, segments);
    replay.send({ kind: 'index', ...index });
    void this.addIdle(replay, index);
    return windowId;
  }

  /** Tells the frames that show it that a session has grown. */
  async refresh(id: string): Promise<void> {
    const shown = [...this.open].filter((replay) => replay.id === id);
    if (shown.length === 0) return;
    const { facts } = await this.vault().get(id);
    const windows = groupByWindow(await this.vault().segments(id));
    for (const replay of shown) {
      replay.segments = windows.get(replay.windowId) ?? [];
      const index = indexOf(facts, replay.segments);
      replay.send({ kind: 'index', ...index });
      void this.addIdle(replay, index);
    }
  }

  /** The timeline can be long, and the first picture doesn't need it: what it says comes in an index of its own. */
  private async addIdle({ id, send }: OpenReplay, index: ReplayIndex): Promise<void> {
    try {
      const idle: TimelineEntry[] = [];
      for await (const entries of this.vault().timelineParts(id)) {
        idle.push(...entries.filter(({ kind }) => kind === 'idle'));
      }
      send({ kind: 'index', ...index, idle: idleOf(idle, index) });
    } catch {
      // Without it, idle stretches are played: no reason to stop a replay.
    }
  }

  private async answer(replay: OpenReplay, request: unknown): Promise<void> {
    const { id, send } = replay;
    const { kind, index } = (request ?? {}) as Partial<SegmentRequest>;
    const segment = kind === 'segment' && typeof index === 'number' ? replay.segments[index] : undefined;
    if (index === undefined || !segment) return send({ kind: 'failed', code: 'ipc-refused' });
    try {
      const json = await this.vault().readSegment(id, segment);
      // The recording may have grown meanwhile; what the frame gets is what its newest index names.
      if (replay.segments[index]?.file !== segment.file) return await this.answer(replay, request);
      send({ kind: 'segment', index, json: toAsciiJson(json) });
    } catch (error) {
      if (replay.segments[index]?.file !== segment.file) return this.answer(replay, request);
      send({ kind: 'failed', code: toErrorReply(error).code, index });
    }
  }
}

/** The window (tab) with the most events: the one that a replay shows first. */
function busiest(windows: ReadonlyMap<string, readonly StoredSegment[]>): string {
  let best = '';
  let most = -1;
  for (const [windowId, segments] of windows) {
    const events = segments.reduce((sum, segment) => sum + segment.events, 0);
    if (events > most) [best, most] = [windowId, events];
  }
  return best;
}
