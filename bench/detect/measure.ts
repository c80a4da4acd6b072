import { readFileSync } from 'node:fs';
import { findPhoneNumbersInText } from 'libphonenumber-js';
import { createDetectors } from '../../src-main/core/redaction/detectors';
import { readLabelled, score, scoreTable, type LabelledText, type Scores } from './score';

const words =
  'the session was opened from a saved link and the order page loaded after two seconds then the user chose another address and pressed continue before an error appeared near the payment form which had no message'.split(
    ' ',
  );
const values = [
  'Priya Raman',
  'jane.doe@example.com',
  '(406) 555-0123',
  '4111 1111 1111 1111',
  '12 Main Street',
  '2024-05-12 10:22',
  '192.168.10.4',
  'https://shop.example.com/orders?id=9',
];

/** Returns lines of ordinary words; one in eight contains a private value. */
export function ordinaryText(chars: number): string[] {
  const lines: string[] = [];
  let state = 42;
  const next = (end: number): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) % end;
  for (let length = 0; length < chars;) {
    const line = Array.from({ length: 8 + next(20) }, () => words[next(words.length)] ?? '');
    if (next(8) === 0) line.splice(next(line.length), 0, values[next(values.length)] ?? '');
    const text = `${line.join(' ')}.`;
    lines.push(text.charAt(0).toUpperCase() + text.slice(1));
    length += text.length + 1;
  }
  return lines;
}

export interface DetectSpeed {
  megabytesPerSecond: number;
  phonesPerSecond: number;
  findings: number;
}

/** Measures all default detectors line by line, as with the texts of a recording, next to one phone number matcher alone, MB/s. */
export function measureSpeed(megabytes: number): DetectSpeed {
  const lines = ordinaryText(megabytes * 1e6);
  const detectors = createDetectors();
  for (const line of lines.slice(0, 2_000)) detectors.find(line);
  let findings = 0;
  let started = performance.now();
  for (const line of lines) findings += detectors.find(line).length;
  const ownMs = performance.now() - started;
  started = performance.now();
  for (const line of lines) findPhoneNumbersInText(line, 'US');
  const peerMs = performance.now() - started;
  return { megabytesPerSecond: (megabytes * 1000) / ownMs, phonesPerSecond: (megabytes * 1000) / peerMs, findings };
}

export interface PatternTime {
  seconds: number;
  /** The engine's own regular expressions, on this many characters of the same text. */
  peerChars: number;
  peerSeconds: number;
}

/** Measures a malicious custom pattern: each further character doubles the work of a backtracking engine. */
export function measureEvilPattern(megabytes: number): PatternTime {
  const pattern = '(a+)+$';
  const evil = (chars: number): string => `${'a'.repeat(chars - 1)}!`;
  const detectors = createDetectors({ kinds: ['own'], ownPatterns: [pattern] });
  const text = evil(megabytes * 1e6);
  let started = performance.now();
  detectors.find(text);
  const ownMs = performance.now() - started;
  const peerChars = 26;
  started = performance.now();
  new RegExp(pattern).test(evil(peerChars));
  return { seconds: ownMs / 1000, peerChars, peerSeconds: (performance.now() - started) / 1000 };
}

/** Scores all detectors on a labelled file with one text per line, and formats a table. `seeded`: the labelled names are known in advance. */
export function scoreFile(file: string, seeded = false): { scores: Scores; table: string } {
  const texts: LabelledText[] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLabelled);
  const seeds = seeded
    ? texts.flatMap(({ text, spans }) =>
        spans.filter(({ label }) => /^per/i.test(label)).map(({ start, end }) => text.slice(start, end)),
      )
    : [];
  const scores = score(texts, createDetectors({ seeds: [...new Set(seeds)] }));
  return { scores, table: scoreTable(scores) };
}
