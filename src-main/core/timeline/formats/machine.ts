import type { JoinedEntry, Severity, TimelineEntry } from '../../../contract/timeline';
import { isFiniteNumber } from '../../recording/json';
import type { TimelineDocument } from './document';
import { nameUuid, ownNamespace } from './uuid';

/** The latest time, ms since 1970, in the year 2554: the last that fits into OTLP's 64 bits of nanoseconds. */
export const lastMs = 18_446_744_073_709;

/**
 * Returns the time of an entry in integer ms since 1970, for formats that require a date. If only relative times may be shown, it is on
 * the clock of the redacted recording, which starts with the year 2000. Each format also writes the `timeBasis`.
 */
export function machineTime({ wallMs, atMs }: TimelineEntry, { zeroAt }: TimelineDocument): number {
  const ms = Math.round(wallMs ?? zeroAt + atMs);
  return isFiniteNumber(ms) ? Math.min(lastMs, Math.max(0, ms)) : 0;
}

/** Returns the clock of `machineTime`. */
export function timeBasis({ wallMs, session }: JoinedEntry): string {
  return wallMs === null ? `${session?.origin ?? 'session'}-start-is-2000-01-01` : 'wall-clock';
}

/** Returns when the document was created, in ms since 1970, or 0 if unknown. */
export function writtenAt({ generatedAt }: TimelineDocument): number {
  const ms = Date.parse(generatedAt);
  return isFiniteNumber(ms) ? Math.min(lastMs, Math.max(0, ms)) : 0;
}

/** Rounds a number for formats that accept only non-negative integers. Returns undefined if that is impossible. */
export function nonNegativeInteger(value: number | undefined): number | undefined {
  if (!isFiniteNumber(value)) return undefined;
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) && rounded >= 0 ? rounded : undefined;
}

/** Splits the software into name and version. */
export function productOf({ software }: TimelineDocument): { name: string; version: string } {
  const [name = '', version = ''] = software.split(' ');
  return { name: name || 'Casement', version };
}

/** Splits a route or a page into host and path. A route on the page's own host has no host. */
export function splitAddress(address: string | undefined): { host?: string; path?: string } {
  if (address === undefined || address === '') return {};
  const slash = address.indexOf('/');
  if (slash === 0) return { path: address };
  const host = slash === -1 ? address : address.slice(0, slash);
  return { ...(isHost(host) && { host }), ...(slash !== -1 && { path: address.slice(slash) }) };
}

/** Returns true for a host with or without a port. A redacted host may not be a valid one. */
function isHost(text: string): boolean {
  return /^(?=.{1,253}(:|$))[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*(:\d{1,5})?$/i.test(
    text,
  );
}

/** Returns the host and path of a request: its route, with the page's host if the route has none. */
export function requestAddress({ quotes = {} }: TimelineEntry): { host?: string; path?: string } {
  const { host } = splitAddress(quotes.page);
  return { ...(host !== undefined && { host }), ...splitAddress(quotes.route) };
}

/**
 * Returns an id for the session of an entry, for formats that expect a unique one. It is derived from the document's head, so two exports
 * share no ids. Undefined in a timeline of one session.
 */
export function createSessionIds(document: TimelineDocument): (entry: JoinedEntry) => string | undefined {
  const { title, generatedAt, durationMs, entries } = document;
  const namespace = nameUuid(ownNamespace, JSON.stringify([title, generatedAt, durationMs, entries.length]));
  const ids = new Map<number, string>();
  return ({ session }) => {
    if (!session) return undefined;
    const id = ids.get(session.number) ?? nameUuid(namespace, `session ${session.number}`);
    ids.set(session.number, id);
    return id;
  };
}

/** The number of each severity in each format. */
export const severityNumbers: Readonly<Record<Severity, { ocsf: number; otlp: number; syslog: number }>> = {
  info: { ocsf: 1, otlp: 9, syslog: 6 },
  warning: { ocsf: 3, otlp: 13, syslog: 4 },
  error: { ocsf: 4, otlp: 17, syslog: 3 },
};

/** Returns Casement's own fields of an entry. The names are the same in every format that allows custom fields. */
export function ownFields(entry: JoinedEntry): Record<string, string | number> {
  const { kind, session, windowId, nodeId, facts = {}, quotes = {}, tags } = entry;
  const { count, screens } = facts;
  const { page, title, reason } = quotes;
  const fields = {
    kind,
    time_basis: timeBasis(entry),
    session: session?.number,
    session_at_ms: nonNegativeInteger(session?.atMs),
    window: windowId,
    node_id: nodeId,
    page,
    title,
    count: nonNegativeInteger(count),
    screens: nonNegativeInteger(screens),
    reason,
    tags: tags?.join(' '),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}
