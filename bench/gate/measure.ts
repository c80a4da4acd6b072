import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent, SessionEvent } from '../../src-main/contract/recorded-event';
import { createEntityCollector } from '../../src-main/core/redaction/entities';
import { createLeakCheck } from '../../src-main/core/leak-check';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { createRedactor } from '../../src-main/core/redaction/redact';
import { gatePorts } from '../../src-main/node/gate/ports';

const names = 'Priya Amara Tomasz Lucia Henrik Noor Kenji Zofia Mateus Ingrid'.split(' ');
const surnames = 'Raman Okafor Lindqvist Moreau Takahashi Novak Ferreira Haddad Kowalski Brandt'.split(' ');

/** Returns invented values of the kinds that recordings contain: email addresses, names, card and phone numbers, tokens. */
function inventOriginals(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const [name = '', surname = ''] = [names[index % 10], surnames[Math.floor(index / 10) % 10]];
    const number = String(4_000_000_000_000_000 + index * 7_919_317);
    const kinds = [
      `${name}.${surname}${index}@example-${index % 97}.com`,
      `${name} ${surname}-${index.toString(36)}`,
      number.replace(/(\d{4})(?=\d)/g, '$1 '),
      `+${number.slice(3, 15)}`,
      randomBytes(12).toString('base64url'),
    ];
    return kinds[index % kinds.length] ?? '';
  });
}

/** Returns the redacted events of a recording, one JSON line each. */
function redactFile(file: string): string {
  const bytes = readFileSync(file);
  const json = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const session = (JSON.parse(json) as RecordedEvent[]).map((event): SessionEvent => ({ windowId: 'tab', event }));
  const collector = createEntityCollector();
  for (const event of session) collector.add(event);
  const startedAt = session[0]?.event.timestamp ?? 0;
  const redactor = createRedactor(findPolicy('private-by-default'), { startedAt, entities: collector.finish() });
  const events = [...session.flatMap((event) => redactor.redact(event)), ...redactor.finish()];
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

export interface GateSpeed {
  megabytes: number;
  megabytesPerSecond: number;
  /** `JSON.parse` of the same lines. */
  parsePerSecond: number;
  /** One `Buffer.indexOf` per original. */
  indexOfPerSecond: number;
  found: number;
}

/** Measures how fast the gate reads redacted recordings with this number of originals, MB/s. Building the gate isn't counted. */
export function measureGate(files: readonly string[], originals: number): GateSpeed {
  const text = files.map(redactFile).join('');
  const bytes = Buffer.from(text);
  const values = inventOriginals(originals);
  const gate = createLeakCheck({ texts: values, leaves: [] }, gatePorts);
  gate.check(bytes.subarray(0, 2 ** 20));
  let started = performance.now();
  const { count: found } = gate.check(bytes);
  const gateMs = performance.now() - started;

  const lines = text.split('\n').filter((line) => line !== '');
  started = performance.now();
  for (const line of lines) JSON.parse(line);
  const parseMs = performance.now() - started;

  const sample = values.slice(0, 40).map((value) => Buffer.from(value));
  started = performance.now();
  for (const value of sample) bytes.indexOf(value);
  const indexOfMs = ((performance.now() - started) / sample.length) * originals;

  const perSecond = (ms: number): number => bytes.length / 1000 / ms;
  return {
    megabytes: bytes.length / 1e6,
    megabytesPerSecond: perSecond(gateMs),
    parsePerSecond: perSecond(parseMs),
    indexOfPerSecond: perSecond(indexOfMs),
    found,
  };
}
