import type { TimelineEntry } from '../../../contract/timeline';
import { kindWords } from '../../../contract/words/timeline';
import type { TimelineDocument } from './document';
import { lastMs, machineTime, placeOf, productOf, requestPlace, timeBasis, wholeNumber, writtenAt } from './machine';
import { nameUuid } from './uuid';

/** STIX 2.1's namespace for the ids of observables: the same host has the same id in everybody's bundles. */
const observableSpace = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Casement's own, for what is said in one document. */
const ownSpace = '7c1d1e8b-5b0e-5a0c-9f4a-3f5f3e0b6f21';

type StixObject = { type: string; id: string } & Record<string, unknown>;

/**
 * A STIX 2.1 bundle: each entry is observed data on the host that it is about, with a note that says what happened; what the user noted
 * was observed by nobody and is a note beside what was. The same document has the same ids, and no two documents share those of their
 * observations.
 */
export function writeStix(document: TimelineDocument): string {
  const written = new Date(writtenAt(document)).toISOString();
  const edition = nameUuid(ownSpace, JSON.stringify(document));
  const id = (type: string, name: string): string => `${type}--${nameUuid(edition, `${type} ${name}`)}`;
  const product = productOf(document);
  const author: StixObject = {
    type: 'identity',
    spec_version: '2.1',
    id: `identity--${nameUuid(ownSpace, product.name)}`,
    created: written,
    modified: written,
    name: product.name,
    identity_class: 'system',
  };
  const common = { spec_version: '2.1', created_by_ref: author.id, created: written, modified: written };
  const observables = new Map<string, StixObject>();
  const refer = (observable: StixObject): string => {
    observables.set(observable.id, observable);
    return observable.id;
  };

  const seen = document.entries.flatMap((entry, index) =>
    entry.kind === 'note' ? [] : [{ atMs: entry.atMs, ref: id('observed-data', String(index)) }],
  );
  const sayings = document.entries.flatMap((entry, index): StixObject[] => {
    const { kind, text, durationMs } = entry;
    if (kind === 'note') {
      const refs = besides(seen, entry);
      const note: StixObject = {
        type: 'note',
        ...common,
        id: id('note', String(index)),
        abstract: kindWords[kind],
        content: text,
        labels: labelsOf(entry),
        // Where nothing was observed there is nobody but its author for it to be about.
        object_refs: refs.length > 0 ? refs : [author.id],
      };
      return [note];
    }
    const at = machineTime(entry, document);
    const end = new Date(Math.min(at + (wholeNumber(durationMs) ?? 0), lastMs));
    const observed: StixObject = {
      type: 'observed-data',
      ...common,
      id: id('observed-data', String(index)),
      first_observed: new Date(at).toISOString(),
      last_observed: end.toISOString(),
      number_observed: Math.min(999_999_999, Math.max(1, wholeNumber(entry.details?.count) ?? 1)),
      object_refs: [refer(subjectOf(entry))],
      labels: labelsOf(entry),
    };
    const note: StixObject = {
      type: 'note',
      ...common,
      id: id('note', String(index)),
      abstract: kindWords[kind],
      content: text,
      object_refs: [observed.id],
    };
    return [observed, note];
  });
  const bundle = { type: 'bundle', id: id('bundle', ''), objects: [author, ...observables.values(), ...sayings] };
  return `${JSON.stringify(bundle)}\n`;
}

function labelsOf(entry: TimelineEntry): string[] {
  const { kind, severity, windowId, details } = entry;
  return [
    `kind:${kind}`,
    `severity:${severity}`,
    `time-basis:${timeBasis(entry)}`,
    ...(windowId === '' ? [] : [`window:${windowId}`]),
    ...(details?.tags ?? []).map((tag) => `tag:${tag}`),
  ];
}

/**
 * What a note of the user's stands beside: what was observed last before it, or first after it, and for a stretch also what was observed
 * last in it. `seen` is in the order of time.
 */
function besides(seen: readonly { atMs: number; ref: string }[], { atMs, durationMs = 0 }: TimelineEntry): string[] {
  const before = seen.findLast((observed) => observed.atMs <= atMs) ?? seen[0];
  const last = durationMs > 0 ? seen.findLast((observed) => observed.atMs <= atMs + durationMs) : undefined;
  return [...new Set([before, last].flatMap((observed) => (observed ? [observed.ref] : [])))];
}

/** What an entry is about: the host, where it is a name; else the recorded application, of which no more is known. */
function subjectOf(entry: TimelineEntry): StixObject {
  const { host } = entry.details?.route === undefined ? placeOf(entry.details?.page) : requestPlace(entry);
  const value = host?.split(':')[0];
  if (value !== undefined && /[a-z]$/i.test(value)) return observable('domain-name', { value });
  return observable('software', { name: 'Recorded web application' });
}

/** An observable's id is made of the fields that make it what it is; there is only one in each of these. */
function observable(type: string, fields: Record<string, string>): StixObject {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${nameUuid(observableSpace, JSON.stringify(fields))}`,
    ...fields,
  };
}
