import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { readTar } from '../../helpers/fixture-recordings';
import { fixturePath, resourcePath } from '../../helpers/fixtures';

export interface RealSession {
  name: string;
  events: SessionEvent[];
}

const demos = ['harbor-checkout', 'actual-budget-support', 'sb-admin2-multipage-canvas'] as const;
type Demo = (typeof demos)[number];

/** Reads a recording that ships with Casement, unchanged. */
export function readDemo(name: Demo): SessionEvent[] {
  return toSession(gunzipSync(readFileSync(resourcePath(`demo/${name}.json.gz`))));
}

/** Returns every recording whose file is a plain array of events. */
export function readRealSessions(): RealSession[] {
  const shipped = demos.map((name) => ({ name, events: readDemo(name) }));
  const gzip = (path: string): Buffer => gunzipSync(readFileSync(fixturePath(path)));
  const archives = ['recordings/rrweb-test-events.tar.gz', 'recordings/rrweb-recorded-snaps.tar.gz'];
  return [
    ...shipped,
    { name: 'player-demoit', events: toSession(gzip('recordings/rrweb-player-demoit.json.gz')) },
    ...archives.flatMap((path) => readTar(gzip(path)).map(({ name, bytes }) => ({ name, events: toSession(bytes) }))),
    { name: 'sentry', events: inOrder(toSession(member('sentry/derived', 'page1.json'))) },
    { name: 'posthog', events: inOrder(toSession(member('posthog/derived-blob_v2', 'expected_events.json'))) },
  ];

  function member(archive: string, ending: string): Buffer {
    const found = readTar(gzip(`sources/${archive}.tar.gz`)).find(({ name }) => name.endsWith(ending));
    if (!found) throw new Error(`no ${ending} in ${archive}`);
    return found.bytes;
  }
}

/** Reads an array of events or an array of such arrays. Times in seconds become milliseconds. */
function toSession(bytes: Buffer): SessionEvent[] {
  const events = (JSON.parse(bytes.toString()) as unknown[]).flat() as (RecordedEvent & { windowId?: string })[];
  return events.map(({ windowId = '1', type, data, timestamp }) => ({
    windowId,
    event: { type, data, timestamp: timestamp < 1e10 && timestamp > 1e9 ? timestamp * 1000 : timestamp },
  }));
}

function inOrder(events: SessionEvent[]): SessionEvent[] {
  return events.sort((a, b) => a.event.timestamp - b.event.timestamp);
}
