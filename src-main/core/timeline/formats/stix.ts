import type { JoinedEntry, TimelineEntry } from '../../../contract/timeline';
import { entryText, kindWords } from '../../../contract/words/timeline';
import type { TimelineDocument } from './document';
import {
  lastMs,
  machineTime,
  splitAddress,
  productOf,
  requestAddress,
  timeBasis,
  nonNegativeInteger,
  writtenAt,
} from './machine';
import { nameUuid, ownNamespace } from './uuid';

/** STIX 2.1's namespace for the ids of observables: the same host has the same id in all bundles. */
const observableNamespace = '00abedb4-aa42-466c-9c01-fed23315a9b7';

type StixObject = { type: string; id: string } & Record<string, unknown>;

/**
 * Writes a STIX 2.1 bundle. Each entry is observed data about its host, with a note that describes the event. The user's notes are not
 * observations: they are notes that refer to the nearest ones. The same document always has the same ids; two different documents share
 * no ids of observations.
 */
export function writeStix(document: TimelineDocument): string {
  const written = new Date(writtenAt(document)).toISOString();
  const documentNamespace = nameUuid(ownNamespace, JSON.stringify(document));
  const id = (type: string, name: string): string => `${type}--${nameUuid(documentNamespace, `${type} ${name}`)}`;
  const product = productOf(document);
  const author: StixObject = {
    type: 'identity',
    spec_version: '2.1',
    id: `identity--${nameUuid(ownNamespace, product.name)}`,
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

  const observations = document.entries.flatMap((entry, index) =>
    entry.kind === 'note' ? [] : [{ atMs: entry.atMs, ref: id('observed-data', String(index)) }],
  );
  const entryObjects = document.entries.flatMap((entry, index): StixObject[] => {
    const { kind, durationMs } = entry;
    const text = entryText(entry);
    if (kind === 'note') {
      const refs = nearestObservations(observations, entry);
      const note: StixObject = {
        type: 'note',
        ...common,
        id: id('note', String(index)),
        abstract: kindWords[kind],
        content: text,
        labels: labelsOf(entry),
        // A note must refer to an object. Without observations, it refers to its author.
        object_refs: refs.length > 0 ? refs : [author.id],
      };
      return [note];
    }
    const at = machineTime(entry, document);
    const end = new Date(Math.min(at + (nonNegativeInteger(durationMs) ?? 0), lastMs));
    const observed: StixObject = {
      type: 'observed-data',
      ...common,
      id: id('observed-data', String(index)),
      first_observed: new Date(at).toISOString(),
      last_observed: end.toISOString(),
      number_observed: Math.min(999_999_999, Math.max(1, nonNegativeInteger(entry.facts?.count) ?? 1)),
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
  const bundle = { type: 'bundle', id: id('bundle', ''), objects: [author, ...observables.values(), ...entryObjects] };
  return `${JSON.stringify(bundle)}\n`;
}

function labelsOf(entry: JoinedEntry): string[] {
  const { kind, severity, session, windowId, tags = [] } = entry;
  return [
    `kind:${kind}`,
    `severity:${severity}`,
    `time-basis:${timeBasis(entry)}`,
    ...(session ? [`session:${session.number}`] : []),
    ...(windowId === '' ? [] : [`window:${windowId}`]),
    ...tags.map((tag) => `tag:${tag}`),
  ];
}

/**
 * Returns the observations that a note of the user refers to: the last before it, or else the first after it, and the last within its
 * range. `observations` are in the order of time.
 */
function nearestObservations(
  observations: readonly { atMs: number; ref: string }[],
  { atMs, durationMs = 0 }: TimelineEntry,
): string[] {
  const before = observations.findLast((observed) => observed.atMs <= atMs) ?? observations[0];
  const last = durationMs > 0 ? observations.findLast((observed) => observed.atMs <= atMs + durationMs) : undefined;
  return [...new Set([before, last].flatMap((observed) => (observed ? [observed.ref] : [])))];
}

/** Returns the subject of an entry: the host if it is a domain name, else the recorded application. */
function subjectOf(entry: TimelineEntry): StixObject {
  const { host } = entry.quotes?.route === undefined ? splitAddress(entry.quotes?.page) : requestAddress(entry);
  const value = host?.split(':')[0];
  if (value !== undefined && /[a-z]$/i.test(value)) return observable('domain-name', { value });
  return observable('software', { name: 'Recorded web application' });
}

/** Creates an observable. Its id is derived from its identifying fields. */
function observable(type: string, fields: Record<string, string>): StixObject {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${nameUuid(observableNamespace, JSON.stringify(fields))}`,
    ...fields,
  };
}
