import type { Severity, TimelineEntry } from '../../../contract/timeline';
import { isFiniteNumber } from '../../recording/json';
import type { TimelineDocument } from './document';

/** In the year 2554: the last that fits into OTLP's 64 bits of nanoseconds, and by far not what any clock says. */
export const lastMs = 18_446_744_073_709;

/**
 * When an entry was, in whole ms since 1970, for formats that know no other time. Where only relative times may be shown it is on the
 * clock of the redacted recording, which starts with the year 2000; `timeBasis` says so beside each.
 */
export function machineTime({ wallMs, atMs }: TimelineEntry, { zeroAt }: TimelineDocument): number {
  const ms = Math.round(wallMs ?? zeroAt + atMs);
  return isFiniteNumber(ms) ? Math.min(lastMs, Math.max(0, ms)) : 0;
}

/** What `machineTime` counts by. */
export function timeBasis({ wallMs }: TimelineEntry): 'wall-clock' | 'session-start-is-2000-01-01' {
  return wallMs === null ? 'session-start-is-2000-01-01' : 'wall-clock';
}

/** When the document was written, in ms since 1970; 0 where it doesn't say. */
export function writtenAt({ generatedAt }: TimelineDocument): number {
  const ms = Date.parse(generatedAt);
  return isFiniteNumber(ms) ? Math.min(lastMs, Math.max(0, ms)) : 0;
}

/** Numbers that a format takes as whole and not negative; undefined for all others. */
export function wholeNumber(value: number | undefined): number | undefined {
  if (!isFiniteNumber(value)) return undefined;
  const whole = Math.round(value);
  return Number.isSafeInteger(whole) && whole >= 0 ? whole : undefined;
}

/** Casement's name and version as two. */
export function productOf({ software }: TimelineDocument): { name: string; version: string } {
  const [name = '', version = ''] = software.split(' ');
  return { name: name || 'Casement', version };
}

/** A route or a page as its host and its path; no host where it is the page's own. */
export function placeOf(address: string | undefined): { host?: string; path?: string } {
  if (address === undefined || address === '') return {};
  const slash = address.indexOf('/');
  if (slash === 0) return { path: address };
  const host = slash === -1 ? address : address.slice(0, slash);
  return { ...(isHost(host) && { host }), ...(slash !== -1 && { path: address.slice(slash) }) };
}

/** With a port or without. What redaction leaves of a host need not be one. */
function isHost(text: string): boolean {
  return /^(?=.{1,253}(:|$))[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*(:\d{1,5})?$/i.test(
    text,
  );
}

/** Where a request went: the route, with the page's host where that is the same. */
export function requestPlace({ details = {} }: TimelineEntry): { host?: string; path?: string } {
  const { host } = placeOf(details.page);
  return { ...(host !== undefined && { host }), ...placeOf(details.route) };
}

/** A severity as each format's numbers have it. */
export const severityNumbers: Readonly<Record<Severity, { ocsf: number; otlp: number; syslog: number }>> = {
  info: { ocsf: 1, otlp: 9, syslog: 6 },
  warning: { ocsf: 3, otlp: 13, syslog: 4 },
  error: { ocsf: 4, otlp: 17, syslog: 3 },
};

/** What a document says of an entry in its own words, by names that are the same in every format that takes names of ours. */
export function ownFields(entry: TimelineEntry): Record<string, string | number> {
  const { kind, windowId, nodeId, details = {} } = entry;
  const { page, title, count, screens, reason, tags } = details;
  const fields = {
    kind,
    time_basis: timeBasis(entry),
    window: windowId,
    node_id: nodeId,
    page,
    title,
    count: wholeNumber(count),
    screens: wholeNumber(screens),
    reason,
    tags: tags?.join(' '),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}
