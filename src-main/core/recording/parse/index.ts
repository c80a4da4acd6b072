import { CasementError } from '../../../contract/errors';
import type { SessionEvent } from '../../../contract/recorded-event';
import type { Damage } from '../../../contract/session';
import { damageWords, unreadableWords } from '../../../contract/words/recording';
import { EventType } from '../events';
import { EventCollector } from './collect';
import { Inflater, isGzip, type InflatePorts } from './inflate';
import { defaultLimits, type ParseLimits } from './limits';
import { parseText } from './parse-text';
import { isTar, readTar } from './tar';

export type { InflatePorts } from './inflate';
export { defaultLimits, type ParseLimits } from './limits';

/** What a file's bytes hold before anything is judged: events as found, in the file's order. */
export interface ParsedRecording {
  /** A word for the shape that it came in, such as `array`, `jsonl`, `packed`. */
  format: string;
  events: SessionEvent[];
  damage: Damage[];
  title?: string;
}

/** A recording with the name that an archive gives it; '' outside of an archive. */
export interface NamedRecording {
  name: string;
  recording: ParsedRecording;
}

/**
 * The one recording in a file, plain or gzip.
 * Errors: recording-empty, recording-truncated, recording-unreadable, recording-too-large.
 */
export function parseRecording(
  bytes: Uint8Array,
  ports: InflatePorts,
  limits: ParseLimits = defaultLimits,
): ParsedRecording {
  const inflater = new Inflater(ports, limits);
  return parsePlain(isGzip(bytes) ? inflater.gunzipFile(bytes) : bytes, inflater, limits);
}

/**
 * All recordings in a file: one, or those of a tar archive, where a file that is none is counted with the damage of
 * the first that can be replayed. Errors: those of `parseRecording`; for an archive only where nothing in it is a recording.
 */
export function parseFile(
  bytes: Uint8Array,
  ports: InflatePorts,
  limits: ParseLimits = defaultLimits,
): NamedRecording[] {
  const inflater = new Inflater(ports, limits);
  const plain = isGzip(bytes) ? inflater.gunzipFile(bytes) : bytes;
  if (!isTar(plain)) return [{ name: '', recording: parsePlain(plain, inflater, limits) }];

  const { members, damage } = readTar(plain, limits.members);
  const found: NamedRecording[] = [];
  for (const { name, bytes: memberBytes } of members) {
    try {
      const memberPlain = isGzip(memberBytes) ? inflater.gunzipFile(memberBytes) : memberBytes;
      found.push({ name, recording: parsePlain(memberPlain, inflater, limits) });
    } catch (error) {
      if (!(error instanceof CasementError) || error.code === 'recording-too-large') throw error;
      damage.add(damageWords.memberUnreadable);
    }
  }
  const first = found.find(({ recording }) => holdsSnapshot(recording)) ?? found[0];
  if (!first) throw new CasementError('recording-unreadable', { reason: unreadableWords.emptyArchive });
  damage.addAll(first.recording.damage);
  first.recording.damage = damage.list();
  return found;
}

function holdsSnapshot({ events }: ParsedRecording): boolean {
  return events.some(({ event }) => event.type === EventType.FullSnapshot);
}

function parsePlain(bytes: Uint8Array, inflater: Inflater, limits: ParseLimits): ParsedRecording {
  if (bytes.length === 0) throw new CasementError('recording-empty');
  if (bytes.length > limits.inflatedBytes) {
    throw new CasementError('recording-too-large', { limit: `${Math.round(limits.inflatedBytes / 1e6)} MB` });
  }
  const collector = new EventCollector(inflater, limits);
  const text = new TextDecoder().decode(bytes);
  const { format, title } = parseText(text, collector, limits);
  const recording = { format, events: collector.events, damage: collector.damage.list() };
  return title === undefined ? recording : { ...recording, title };
}
