import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Reads an entry of a case file as JSON. Throws `case-unreadable` if it is not valid JSON or doesn't match the schema. */
export function decodeJson<Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
  path: string,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    throw notJson(path);
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new CasementError('case-unreadable', { reason: refusals.caseFile.invalidEntry(path) });
  return parsed.output;
}

/** Reads an entry with one JSON value per line. Throws `case-unreadable` as `decodeJson` does. */
export function decodeJsonLines<Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
  path: string,
): v.InferOutput<Schema>[] {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw notJson(path);
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => decodeJson(schema, encoder.encode(line), path));
}

function notJson(path: string): CasementError {
  return new CasementError('case-unreadable', { reason: refusals.caseFile.notJson(path) });
}
