import { consolePlugin, networkPlugin } from '../../recording/events';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { bodyShape } from './body-shape';
import { redactHeaders } from './headers';
import { sizeClass } from './size-class';

const levels: ReadonlySet<unknown> = new Set(
  'assert clear count countReset debug dir dirxml error group groupCollapsed groupEnd info log table time timeEnd timeLog trace warn'.split(
    ' ',
  ),
);
const methods: ReadonlySet<unknown> = new Set('CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE'.split(' '));
const initiators: ReadonlySet<unknown> = new Set(
  `audio beacon body css early-hint embed fetch frame iframe icon image img input link navigation object other ping script track video
  xmlhttprequest`.split(/\s+/),
);
const sizes = ['transferSize', 'encodedBodySize', 'decodedBodySize'] as const;

/** Longer or deeper logged values are cut. */
const leavesLimit = 200;
const depthLimit = 20;

/** Redacts console and network entries. Returns undefined for every other plugin. */
export function redactPlugin(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  const [plugin, version] = typeof data.plugin === 'string' ? data.plugin.split('@') : [];
  const tagged = (name: string): string => (/^\d{1,2}$/.test(version ?? '') ? `${name}@${version}` : name);
  if (!isRecord(data.payload)) return undefined;
  if (plugin === consolePlugin) return { plugin: tagged(consolePlugin), payload: redactConsole(data.payload, context) };
  if (plugin === networkPlugin) return { plugin: tagged(networkPlugin), payload: redactNetwork(data.payload, context) };
  context.counts.dropUnknown('plugin', 'custom');
  return undefined;
}

function redactConsole({ level, payload, trace }: JsonRecord, context: RedactionContext): JsonRecord {
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
  const lines = leaves.join(' ').split('\n');
  const { text } = context.policy.console;
  const mask =
    text === 'none' ? context.maskText.whole : text === 'detected' ? context.maskText.found : context.maskText;
  const masked = lines.map((line) => mask(line)).join('\n');
  if (/•|[A-Z]-\d/.test(masked)) context.counts.mask('console');
  return masked;
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

function redactNetwork(payload: JsonRecord, context: RedactionContext): JsonRecord {
  const requests = listOf(payload.requests).flatMap((request) =>
    isRecord(request) ? [redactRequest(request, context)] : [],
  );
  return { requests, ...(payload.isInitial === true && { isInitial: true }) };
}

function redactRequest(request: JsonRecord, context: RedactionContext): JsonRecord {
  const written: Record<string, unknown> = {};
  if (typeof request.name === 'string') {
    written.name = context.maskUrl(request.name);
    context.counts.mask('url');
  }
  const method = typeof request.method === 'string' ? request.method.toUpperCase() : undefined;
  if (methods.has(method)) written.method = method;
  if (initiators.has(request.initiatorType)) written.initiatorType = request.initiatorType;
  if (request.entryType === 'navigation' || request.entryType === 'resource') written.entryType = request.entryType;
  const { status } = request;
  if (isFiniteNumber(status) && Number.isInteger(status) && status >= 0 && status <= 999) written.status = status;
  // Without `startTime` and `endTime`: some recorders write the wall clock, which a policy with relative times hides.
  if (isFiniteNumber(request.duration)) written.duration = Math.round(request.duration);
  for (const field of sizes) if (isFiniteNumber(request[field])) written[field] = sizeClass(request[field]);
  if (request.isInitial === true) written.isInitial = true;
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
