import { CasementError } from '../../../contract/errors';
import { damageWords, unreadableWords } from '../../../contract/words/recording';
import { isRecord } from '../json';
import type { EventCollector } from './collect';
import type { ParseLimits } from './limits';
import { scanJson } from './scan';
import { findShape, onlyWindow } from './shapes';

/** What a text told besides its events. */
export interface ParsedText {
  format: string;
  title?: string;
}

/**
 * Reads a recording's text, one JSON value or one a line, into the collector.
 * Errors: recording-empty, recording-truncated, recording-unreadable, recording-too-large.
 */
export function parseText(text: string, collector: EventCollector, limits: ParseLimits): ParsedText {
  const [firstLine, ...more] = firstLines(text);
  if (firstLine === undefined) throw new CasementError('recording-empty');
  if (more.length > 0 && tryParse(firstLine) !== undefined) {
    parseLines(text, collector, limits);
    return { format: 'jsonl' };
  }
  const document = tryParse(text);
  const scan = scanJson(text);
  if (document !== undefined) return parseDocument(document, collector, scan.depth > limits.depth);
  if (more.length > 0 && isMostlyLines(text)) {
    parseLines(text, collector, limits);
    return { format: 'jsonl' };
  }
  if (scan.isOpen && /^\s*["[{]/.test(text)) throw new CasementError('recording-truncated');
  throw new CasementError('recording-unreadable', { reason: unreadableWords.notJson });
}

function parseDocument(document: unknown, collector: EventCollector, isDeep: boolean): ParsedText {
  const shape = findShape(document);
  if (!shape) throw new CasementError('recording-unreadable', { reason: unreadableWords.unknownShape });
  for (const { windowId, items } of shape.lists) {
    for (const item of items) collector.add(item, windowId, isDeep);
  }
  if (collector.events.length === 0) {
    const isEmpty = shape.lists.every(({ items }) => items.length === 0);
    if (isEmpty) throw new CasementError('recording-empty');
    throw noEventsError(collector);
  }
  const title = isRecord(document) && typeof document.title === 'string' ? document.title.slice(0, 300) : undefined;
  return { format: shape.format, ...(title !== undefined && { title }) };
}

function parseLines(text: string, collector: EventCollector, limits: ParseLimits): void {
  for (const { line, isLast } of linesOf(text)) {
    const value = tryParse(line);
    const scan = scanJson(line);
    if (value !== undefined) collector.add(value, onlyWindow, scan.depth > limits.depth);
    else collector.damage.add(isLast && scan.isOpen ? damageWords.lineCutOff : damageWords.lineUnreadable);
  }
  if (collector.events.length === 0) throw noEventsError(collector);
}

/** Says what kept the events from being read, where there was something like events. */
function noEventsError(collector: EventCollector): CasementError {
  const cause = collector.damage.list().find(({ reason }) => !shapeless.has(reason));
  return new CasementError('recording-unreadable', { reason: cause?.reason ?? unreadableWords.noEvents });
}

const shapeless: ReadonlySet<string> = new Set([damageWords.notAnEvent, damageWords.lineUnreadable]);

/** Whether at least half of the lines are JSON each for itself, so that the others are the damaged ones. */
function isMostlyLines(text: string): boolean {
  let balance = 0;
  for (const { line } of linesOf(text)) balance += tryParse(line) === undefined ? -1 : 1;
  return balance >= 0;
}

/** The parsed value, or undefined for what isn't JSON. Its error would quote the recording, so it ends here. */
function tryParse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function firstLines(text: string): string[] {
  const found: string[] = [];
  for (const { line } of linesOf(text)) {
    found.push(line);
    if (found.length === 2) break;
  }
  return found;
}

/** The lines that aren't blank. */
function* linesOf(text: string): Generator<{ line: string; isLast: boolean }> {
  let start = 0;
  while (start < text.length) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 ? text.length : lineBreak;
    const line = text.slice(start, end);
    start = end + 1;
    if (line.trim() !== '') yield { line, isLast: lineBreak === -1 || text.slice(start).trim() === '' };
  }
}
