import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { hasShared, sharedPath } from './fixtures';

export interface SharedRecording {
  name: string;
  events: RecordedEvent[];
}

/** Every recording that lies beside the checkout, also those inside archives, as their recorders wrote them; none in a mere clone. */
export function readSharedRecordings(): SharedRecording[] {
  if (!hasShared) return [];
  const folder = sharedPath('recordings');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gz'))
    .sort()
    .flatMap((name) => {
      const bytes = gunzipSync(readFileSync(`${folder}/${name}`));
      const files = name.endsWith('.tar.gz') ? readTar(bytes) : [{ name, bytes }];
      return files.filter((file) => file.bytes.length > 0).flatMap((file) => readEvents(file.name, file.bytes));
    });
}

function readEvents(name: string, bytes: Buffer): SharedRecording[] {
  const read: unknown = JSON.parse(bytes.toString());
  const events = Array.isArray(read) ? read : (read as { events?: unknown }).events;
  return Array.isArray(events) ? [{ name, events: events as RecordedEvent[] }] : [];
}

/** The plain files of a tar archive: a header of 512 bytes, then the content in whole blocks. */
function readTar(tar: Buffer): { name: string; bytes: Buffer }[] {
  const files: { name: string; bytes: Buffer }[] = [];
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const isFile = name.endsWith('.json');
    if (isFile) files.push({ name, bytes: tar.subarray(at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
