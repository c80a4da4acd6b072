import { consolePlugin, networkPlugin } from '../../recording/events';
import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { writeFields } from '../../recording/signals/field';
import { readNetworkEntry } from '../../recording/signals/network-entry';
import type { RedactionContext } from '../redaction-context';
import { bodyShape } from './body-shape';
import { redactHeaders } from './headers';
import { maskMessage } from './messages';
import { redactFields } from './signals';

const levels: ReadonlySet<unknown> = new Set(
  'assert clear count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog trace warn'.split(
    ' ',
  ),
);
/** Longer or deeper logged values are cut. */
const leavesLimit = 200;
const depthLimit = 20;

/** Redacts console and network entries. Returns undefined for every other plugin. `at`: the time of the event, ms. */
export function redactPlugin(data: JsonRecord, at: number, context: RedactionContext): JsonRecord | undefined {
  const [plugin, version] = typeof data.plugin === 'string' ? data.plugin.split('@') : [];
  const tagged = (name: string): string => (/^\d{1,2}$/.test(version ?? '') ? `${name}@${version}` : name);
  if (!isRecord(data.payload)) return undefined;
  if (plugin === consolePlugin) return { plugin: tagged(consolePlugin), payload: redactConsole(data.payload, context) };
  if (plugin === networkPlugin)
    return { plugin: tagged(networkPlugin), payload: redactNetwork(data.payload, at, context) };
  context.counts.dropUnknown('plugin', 'custom');
  return undefined;
}

export function redactConsole({ level, payload, trace }: JsonRecord, context: RedactionContext): JsonRecord {
  const places =
    context.policy.console.trace === 'places' ? listOf(trace).flatMap((line) => writePlace(line, context)) : [];
  if (listOf(trace).length > places.length) context.counts.drop('console');
  return {
    level: levels.has(level) ? level : 'log',
    trace: places,
    payload: listOf(payload).map((argument) => JSON.stringify(maskArgument(argument, context))),
  };
}

/** Returns the route of the file, the line and the column of one line of a stack trace. */
function writePlace(line: unknown, context: RedactionContext): string[] {
  const [, file = '', place = ''] =
    typeof line === 'string' ? (/([a-z]+:\/\/[^\s()]{1,2000}?)(:\d{1,7}:\d{1,7})\)?$/.exec(line.trim()) ?? []) : [];
  return file === '' ? [] : [`${context.maskUrl(file)}${place}`];
}

/** Masks an argument as one text of its keys and values in order. rrweb writes arguments as JSON; others are read as plain text. */
function maskArgument(argument: unknown, context: RedactionContext): string {
  let value = argument;
  if (typeof argument === 'string') {
    try {
      value = JSON.parse(argument);
    } catch {
      // Truncated JSON or plain text.
    }
  }
  const leaves: string[] = [];
  collectLeaves(value, leaves, 0);
  return maskMessage(leaves.join(' '), context);
}

function collectLeaves(value: unknown, leaves: string[], depth: number): void {
  if (leaves.length >= leavesLimit || depth > depthLimit) return;
  if (Array.isArray(value)) for (const item of value) collectLeaves(item, leaves, depth + 1);
  else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      leaves.push(key);
      collectLeaves(item, leaves, depth + 1);
    }
  } else leaves.push(String(value));
}

function redactNetwork(payload: JsonRecord, at: number, context: RedactionContext): JsonRecord {
  const requests = listOf(payload.requests).flatMap((request) =>
    isRecord(request) ? [redactRequest(request, at, context)] : [],
  );
  return { requests, ...(payload.isInitial === true && { isInitial: true }) };
}

function redactRequest(request: JsonRecord, at: number, context: RedactionContext): JsonRecord {
  const written: Record<string, unknown> = {
    ...writeFields(redactFields(readNetworkEntry(request).fields, at, context)),
  };
  for (const field of ['requestHeaders', 'responseHeaders'] as const) {
    const headers = request[field] === undefined ? undefined : redactHeaders(request[field], context);
    if (headers) written[field] = headers;
  }
  if (context.policy.network.bodies === 'shape')
    for (const field of ['requestBody', 'responseBody'] as const)
      if (request[field] !== undefined) written[field] = bodyShape(request[field], context.allowedWords);
  for (const field of Object.keys(request)) if (!Object.hasOwn(written, field)) context.counts.drop('network');
  return written;
}
