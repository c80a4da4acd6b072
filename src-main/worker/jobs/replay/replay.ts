import { toErrorReply } from '../../../contract/errors';
import type { DataMessage, ReplayIndex, SegmentRequest } from '../../../contract/replay-port';
import type { RecordingFacts } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import { toAsciiJson } from '../../../core/recording/segments/ascii-json';
import { groupByWindow } from '../../../core/recording/segments/segment';
import type { StoredSegment, Vault } from '../../../node/vault/vault';
import type { MessagePortLike } from '../../rpc-server';
import { idleOf, indexOf } from './replay-index';

/** The part of a session that a replay needs. */
export interface ReplayedSession {
  id: string;
  facts: Pick<RecordingFacts, 'startedAt' | 'durationMs'>;
}

/** The methods that a replay reads from: the vault's, or those of a temporary replay. */
export interface ReplayVault extends Pick<Vault, 'segments' | 'readSegment' | 'timelineParts'> {
  get(id: string): Promise<ReplayedSession>;
}

/** A tab of a session that a frame shows. */
interface OpenReplay {
  id: string;
  windowId: string;
  segments: readonly StoredSegment[];
  send: (message: DataMessage) => void;
}

/** Serves segments over the data ports of the open replay frames. */
export class ReplayServer {
  private readonly open = new Set<OpenReplay>();

  constructor(private readonly vault: () => ReplayVault) {}

  /** Serves a tab of a session: the wanted one if it exists, else the busiest. Returns its id. */
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

  /** Sends a new index to the frames that show the session, after it has grown. */
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

  /** Sends the idle intervals in a second index: the timeline can be long, and the first frame doesn't need it. */
  private async addIdle({ id, send }: OpenReplay, index: ReplayIndex): Promise<void> {
    try {
      const idle: TimelineEntry[] = [];
      for await (const entries of this.vault().timelineParts(id)) {
        idle.push(...entries.filter(({ kind }) => kind === 'idle'));
      }
      send({ kind: 'index', ...index, idle: idleOf(idle, index) });
    } catch {
      // Without them the replay only can't skip idle time.
    }
  }

  private async answer(replay: OpenReplay, request: unknown): Promise<void> {
    const { id, send } = replay;
    const { kind, index } = (request ?? {}) as Partial<SegmentRequest>;
    const segment = kind === 'segment' && typeof index === 'number' ? replay.segments[index] : undefined;
    if (index === undefined || !segment) return send({ kind: 'failed', code: 'ipc-refused' });
    try {
      const json = await this.vault().readSegment(id, segment);
      // If the recording has grown meanwhile, send the segment that the newest index names.
      if (replay.segments[index]?.file !== segment.file) return await this.answer(replay, request);
      send({ kind: 'segment', index, json: toAsciiJson(json) });
    } catch (error) {
      if (replay.segments[index]?.file !== segment.file) return this.answer(replay, request);
      send({ kind: 'failed', code: toErrorReply(error).code, index });
    }
  }
}

/** Returns the tab with the most events, which a replay shows first. */
function busiest(windows: ReadonlyMap<string, readonly StoredSegment[]>): string {
  let best = '';
  let most = -1;
  for (const [windowId, segments] of windows) {
    const events = segments.reduce((sum, segment) => sum + segment.events, 0);
    if (events > most) [best, most] = [windowId, events];
  }
  return best;
}
