import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../json';

/** The kind of value in a field of a platform's event. Readers ignore a value of another type; redaction has a rule for each kind. */
export type FieldKind =
  /** An address, absolute or relative to the page. */
  | { is: 'address' }
  /** A text that a program wrote: a logged message, an error, the name of a measurement. `known` are the platform's own names. */
  | { is: 'message'; known?: ReadonlySet<string> }
  /** A name or number that identifies the user. */
  | { is: 'user' }
  /** A method of HTTP, in upper case. */
  | { is: 'method' }
  /** A constant of the platform. */
  | { is: 'constant'; known: ReadonlySet<string> }
  | { is: 'status' }
  /** A measured value, such as a web vital. */
  | { is: 'number' }
  | { is: 'count' }
  /** A length of time, ms. */
  | { is: 'duration' }
  /** A number of bytes on the network; it may reveal a content. */
  | { is: 'size' }
  /** A number of bytes of memory. */
  | { is: 'memory' }
  /** A moment on the recorder's clock, in ms, or in seconds if it is small enough. */
  | { is: 'time' }
  /** The id of an element of the page. */
  | { is: 'node' }
  | { is: 'flag' }
  /** Something that is there, whatever it is, such as the error of a request. */
  | { is: 'presence' };

/** The positions of a field in a payload, as keys separated by dots. The first with a value of the right type is read. */
export interface FieldShape {
  paths: readonly (readonly string[])[];
  kind: FieldKind;
}

/** A field of one event, with its position in the payload. */
export interface Field {
  path: readonly string[];
  kind: FieldKind;
  value: string | number | boolean;
}

export function fieldsOf(shapes: Readonly<Record<string, FieldKind>>): FieldShape[] {
  return Object.entries(shapes).map(([paths, kind]) => ({
    paths: paths.split(' ').map((path) => path.split('.')),
    kind,
  }));
}

/** The methods of HTTP, WebDAV and caches. */
export const methods: ReadonlySet<string> = new Set(
  `ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKCALENDAR MKCOL MOVE OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY
  REPORT SEARCH SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE`.split(/\s+/),
);

/** Returns the fields of a payload that have a value of the right type. */
export function readFields(payload: unknown, shapes: readonly FieldShape[]): Field[] {
  return shapes.flatMap(({ paths, kind }) => {
    for (const path of paths) {
      const value = readValue(valueAt(payload, path), kind);
      if (value !== undefined) return [{ path, kind, value }];
    }
    return [];
  });
}

function valueAt(payload: unknown, path: readonly string[]): unknown {
  let value = payload;
  for (const key of path) {
    if (Array.isArray(value)) value = (value as unknown[])[Number(key)];
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** Texts that are longer are cut: a timeline shows less of them. */
const textLimit = 10_000;

function readValue(value: unknown, kind: FieldKind): Field['value'] | undefined {
  switch (kind.is) {
    case 'address':
    case 'message':
      return typeof value === 'string' && value !== '' ? value.slice(0, textLimit) : undefined;
    case 'user':
      if (typeof value === 'string' && value !== '') return value.slice(0, textLimit);
      return isFiniteNumber(value) ? String(value) : undefined;
    case 'method':
      return typeof value === 'string' && value !== '' ? value.slice(0, 40).toUpperCase() : undefined;
    case 'constant':
      return typeof value === 'string' && kind.known.has(value) ? value : undefined;
    case 'status':
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 999
        ? (value as number)
        : undefined;
    case 'count':
      return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
    case 'duration':
    case 'size':
    case 'memory':
    case 'time':
      return isFiniteNumber(value) && value >= 0 ? value : undefined;
    case 'number':
      return isFiniteNumber(value) ? value : undefined;
    case 'node':
      return isNodeId(value) ? value : undefined;
    case 'presence':
      return value === true || (typeof value === 'string' && value !== '') || isRecord(value) ? true : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
  }
}

/** A part of a payload that is being written: the entries of an object, or the one entry of a list. */
type Part = Map<string, Part | Field['value']>;

/** Returns a payload with these values at their positions. A key of digits is the position in a list. */
export function writeFields(fields: readonly Pick<Field, 'path' | 'value'>[]): JsonRecord {
  const top: Part = new Map();
  for (const { path, value } of fields) {
    let part = top;
    for (const key of path.slice(0, -1)) {
      const below = part.get(key);
      const next: Part = below instanceof Map ? below : new Map<string, Part>();
      part.set(key, next);
      part = next;
    }
    part.set(path.at(-1) ?? '', value);
  }
  return toRecord(top);
}

function toRecord(part: Part): JsonRecord {
  const write = (value: Part | Field['value']): unknown => {
    if (!(value instanceof Map)) return value;
    return value.has('0') ? [...value.values()].map(write) : toRecord(value);
  };
  return Object.fromEntries([...part].map(([key, value]) => [key, write(value)]));
}

/** Returns a moment of a payload in ms. Some platforms write seconds. */
export function momentOf(time: number): number {
  return time < secondsBelow ? time * 1000 : time;
}

/** Smaller times are seconds: as ms, they would lie before May 1970. */
export const secondsBelow = 1e10;
