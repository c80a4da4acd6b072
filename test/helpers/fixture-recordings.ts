import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { recordingPaths } from './fixtures';

export interface FixtureRecording {
  name: string;
  events: RecordedEvent[];
}

/** Returns every recording of the demo and of `test/fixtures`, also those inside archives, as their recorders wrote them. */
export function readFixtureRecordings(): FixtureRecording[] {
  return recordingPaths().flatMap((path) => {
    const bytes = gunzipSync(readFileSync(path));
    const files = path.endsWith('.tar.gz') ? readTar(bytes) : [{ name: basename(path), bytes }];
    return files.filter((file) => file.bytes.length > 0).flatMap((file) => readEvents(file.name, file.bytes));
  });
}

function readEvents(name: string, bytes: Buffer): FixtureRecording[] {
  const read: unknown = JSON.parse(bytes.toString());
  const events = Array.isArray(read) ? read : (read as { events?: unknown }).events;
  return Array.isArray(events) ? [{ name, events: events as RecordedEvent[] }] : [];
}

/** Returns the JSON files of a tar archive: a header of 512 bytes, then the content padded to blocks of 512 bytes. */
export function readTar(tar: Buffer): { name: string; bytes: Buffer }[] {
  const files: { name: string; bytes: Buffer }[] = [];
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    if (name.endsWith('.json')) files.push({ name, bytes: tar.subarray(at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
