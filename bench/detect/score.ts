import type { FindingKind } from '../../src-main/contract/finding-kinds';
import type { Detectors } from '../../src-main/core/redaction/detectors';

export interface LabelledText {
  text: string;
  spans: { start: number; end: number; label: string }[];
}

export interface ScoreRow {
  label: string;
  kinds: string;
  spans: number;
  /** Share of the labelled spans that findings of a matching kind cover at least by half. */
  recall: number;
  /** Share of the labelled spans in which every letter and digit is covered by a finding. */
  covered: number;
  /** Share of the findings of these kinds that overlap a span with the label. */
  precision: number;
}

export interface Scores {
  texts: number;
  rows: ScoreRow[];
  /** Share of the texts in which every letter and digit of every span is covered by a finding. */
  withoutLeak: number;
}

/** Label names used in public datasets, folded, and the matching kinds. Other labels are not scored. */
const kindsByLabel: Readonly<Record<string, readonly FindingKind[]>> = {
  email: ['email'],
  phone: ['phone'],
  person: ['person'],
  card: ['card'],
  iban: ['iban'],
  ssn: ['national-id'],
  'national-id': ['national-id'],
  ip: ['ip'],
  mac: ['mac'],
  url: ['url', 'url-credentials'],
  coordinates: ['coordinates'],
  'birth-date': ['birth-date', 'date'],
  date: ['date', 'birth-date'],
  address: ['address'],
  secret: ['secret', 'jwt', 'url-credentials'],
};
const aliases: readonly [pattern: RegExp, label: string][] = [
  [/^e_?mail/, 'email'],
  [/^(?:phone|tel|mobile|fax)/, 'phone'],
  [/^(?:person|per|name|first_?name|last_?name|given_?name|surname|full_?name|first|last|middle_?name)$/, 'person'],
  [/^(?:credit_?card|card|cc|payment_?card|masked_?number)/, 'card'],
  [/^iban/, 'iban'],
  [/^(?:us_)?ssn|social_?security/, 'ssn'],
  [
    /^(?:national_?id|us_itin|us_passport|uk_nhs|uk_nino|id_?card|tax|passport|drivers?_?licen|us_driver|id_?num|.*_(?:nif|nie|nric|pesel|aadhaar|pan|tfn|abn|medicare))/,
    'national-id',
  ],
  [/^ip/, 'ip'],
  [/^mac/, 'mac'],
  [/^(?:url|uri|domain)/, 'url'],
  [/^(?:coord|gps|near_?by_?gps|geo)/, 'coordinates'],
  [/^(?:dob|birth|date_of_birth)/, 'birth-date'],
  [/^date/, 'date'],
  [/^(?:address|street|location|loc|gpe|zip|postcode|city|building)/, 'address'],
  [/^(?:secret|password|pass|api_?key|token|jwt|credential|private_?key|access_?key)/, 'secret'],
];

/** Returns the kinds that match a dataset's label, or undefined. */
export function labelOf(foreign: string): string | undefined {
  const folded = foreign.toLowerCase().replace(/^[bi]-/, '');
  if (Object.hasOwn(kindsByLabel, folded)) return folded;
  return aliases.find(([pattern]) => pattern.test(folded.replaceAll('-', '_')))?.[1];
}

/** Parses one line of a labelled dataset: `{text, spans: [{start, end, label}]}`, or `{full_text, spans: [{entity_type, start_position, end_position}]}`. */
export function readLabelled(line: string): LabelledText {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const text = entry.text ?? entry.full_text;
  if (typeof text !== 'string' || !Array.isArray(entry.spans)) throw new TypeError('A line has no text or no spans.');
  const spans = (entry.spans as Record<string, unknown>[]).map((span) => ({
    start: Number(span.start ?? span.start_position),
    end: Number(span.end ?? span.end_position),
    label: String(span.label ?? span.entity_type),
  }));
  return { text, spans };
}

interface Count {
  spans: number;
  found: number;
  covered: number;
  findings: number;
  right: number;
}

export function score(texts: readonly LabelledText[], detectors: Detectors): Scores {
  const counts = new Map<string, Count>();
  let withoutLeak = 0;
  for (const { text, spans } of texts) {
    const findings = detectors.find(text);
    const known = spans.flatMap(({ label, ...span }) => {
      const name = labelOf(label);
      return name === undefined ? [] : [{ ...span, name }];
    });
    let hasLeak = false;
    for (const span of known) {
      const count = countOf(counts, span.name);
      const kinds = kindsByLabel[span.name] ?? [];
      const inside = findings.filter(({ start, end }) => start < span.end && end > span.start);
      const fitting = inside
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((sum, { start, end }) => sum + Math.min(end, span.end) - Math.max(start, span.start), 0);
      count.spans++;
      if (fitting * 2 >= span.end - span.start) count.found++;
      let isCovered = true;
      for (let at = span.start; at < span.end; at++)
        if (/[\p{L}\p{N}]/u.test(text.charAt(at)) && !inside.some(({ start, end }) => start <= at && at < end))
          isCovered = false;
      if (isCovered) count.covered++;
      else hasLeak = true;
    }
    if (!hasLeak) withoutLeak++;
    for (const finding of findings)
      for (const [name, kinds] of Object.entries(kindsByLabel)) {
        if (kinds[0] !== finding.kind) continue;
        const count = countOf(counts, name);
        count.findings++;
        const meets = known.some(
          (span) =>
            span.start < finding.end && span.end > finding.start && kindsByLabel[span.name]?.includes(finding.kind),
        );
        if (meets) count.right++;
      }
  }
  const rows = [...counts]
    .filter(([, { spans }]) => spans > 0)
    .map(([label, { spans, found, covered, findings, right }]) => ({
      label,
      kinds: (kindsByLabel[label] ?? []).join(' '),
      spans,
      recall: found / spans,
      covered: covered / spans,
      precision: findings === 0 ? 1 : right / findings,
    }));
  return {
    texts: texts.length,
    rows: rows.sort((a, b) => a.label.localeCompare(b.label)),
    withoutLeak: withoutLeak / texts.length,
  };
}

function countOf(counts: Map<string, Count>, label: string): Count {
  let count = counts.get(label);
  if (!count) counts.set(label, (count = { spans: 0, found: 0, covered: 0, findings: 0, right: 0 }));
  return count;
}

export function scoreTable({ texts, rows, withoutLeak }: Scores): string {
  const lines = rows.map(({ label, spans, recall, covered, precision }) =>
    [
      label.padEnd(14),
      String(spans).padStart(6),
      ...[recall, covered, precision].map((share) => share.toFixed(3).padStart(9)),
    ].join(' '),
  );
  return [
    `label           spans    recall   covered precision`,
    ...lines,
    `${texts} texts, without any leak: ${withoutLeak.toFixed(3)}`,
  ].join('\n');
}
