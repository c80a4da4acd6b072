import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import { toPlainLine } from '../../text/plain-line';
import { describeRequest, type RequestContext } from './network';
import { nothing, type Signal } from './signal';

/** A task that blocks the page for this long is noticeable, ms. */
const longTaskMs = 500;
/** A page that uses this share of its memory limit is about to fail. */
const memoryShare = 0.9;

/** Reads one of Sentry's performance spans. Its times are in seconds. Fast and successful spans have no entry. */
export function readSpan(body: JsonRecord, context: RequestContext): Signal {
  const { op, startTimestamp, endTimestamp } = body;
  if (typeof op !== 'string') return nothing;
  const description = typeof body.description === 'string' ? body.description : '';
  const data = isRecord(body.data) ? body.data : {};
  const hasTimes = isFiniteNumber(startTimestamp) && isFiniteNumber(endTimestamp);
  const durationMs = hasTimes ? Math.max(0, Math.round((endTimestamp - startTimestamp) * 1000)) : undefined;
  const { at } = context;
  if (op.startsWith('navigation.')) return description === '' ? nothing : { kind: 'address', href: description };
  if (description !== '' && (op === 'resource.fetch' || op === 'resource.xhr'))
    return readCall(description, data, durationMs, context);
  if (op === 'web-vital' || op === 'largest-contentful-paint') return readVital(description || op, data, at);
  if (op === 'memory') return readMemory(data, at);
  if (/long-?(task|animation-frame)$/.test(op) && durationMs !== undefined && durationMs >= longTaskMs) {
    return { kind: 'draft', draft: { at, kind: 'performance', severity: 'warning', verb: 'blocked', durationMs } };
  }
  return nothing;
}

function readCall(
  address: string,
  { method, statusCode: status }: JsonRecord,
  durationMs: number | undefined,
  context: RequestContext,
): Signal {
  const draft = describeRequest(
    {
      method: typeof method === 'string' ? method : 'GET',
      address,
      status: isFiniteNumber(status) && status > 0 ? status : undefined,
      isUnanswered: status === 0,
      durationMs,
      isCall: true,
      isPage: false,
    },
    context,
  );
  // The time of Sentry's spans is that of their start.
  return { kind: 'call', startedAt: context.at, draft };
}

function readVital(metric: string, { value, rating }: JsonRecord, at: number): Signal {
  if (rating !== 'poor' || !isFiniteNumber(value)) return nothing;
  const name = toPlainLine(metric.replaceAll('-', ' '), 60);
  // A layout shift has no unit, all other vitals are times.
  const isTime = !/layout.shift/.test(name);
  const facts = isTime ? { value: value / 1000, unit: 's' as const } : { value, unit: '' as const };
  const quotes = { label: name };
  return { kind: 'draft', draft: { at, kind: 'performance', severity: 'warning', verb: 'measured', facts, quotes } };
}

function readMemory({ memory }: JsonRecord, at: number): Signal {
  if (!isRecord(memory) || !isFiniteNumber(memory.usedJSHeapSize) || !isFiniteNumber(memory.jsHeapSizeLimit)) {
    return nothing;
  }
  const share = memory.usedJSHeapSize / memory.jsHeapSizeLimit;
  if (!(share >= memoryShare && share <= 1)) return nothing;
  const facts = { percent: Math.round(share * 100) };
  return { kind: 'draft', draft: { at, kind: 'performance', severity: 'warning', verb: 'used-memory', facts } };
}
