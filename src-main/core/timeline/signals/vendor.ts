import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import type { Draft } from '../draft';
import { timelineWords } from '../../../contract/words/timeline';
import { toPlainLine } from '../plain-text';
import { showAddress } from './address';
import { consoleMessage } from './console';
import { describeFailure } from './network';

/** What a platform's own custom event tells: an address, an entry, or nothing that a timeline needs. */
export type VendorSignal = { address: string } | { draft: Draft } | 'nothing';

/** Sentry's and PostHog's custom events; undefined for those of anybody else. `page` is the address of the page. */
export function readVendorEvent(tag: string, payload: unknown, at: number, page: string): VendorSignal | undefined {
  const body = isRecord(payload) ? payload : {};
  switch (tag) {
    case '$pageview':
    case '$url_changed':
      return typeof body.href === 'string' ? { address: body.href } : 'nothing';
    case 'breadcrumb':
      return readBreadcrumb(body, at, page);
    case 'performanceSpan':
      return readSpan(body, at, page);
    case 'options':
    case '$session_options':
    case '$posthog_config':
    case '$remote_config_received':
      return 'nothing';
    default:
      return undefined;
  }
}

function readBreadcrumb(body: JsonRecord, at: number, page: string): VendorSignal {
  const data = isRecord(body.data) ? body.data : {};
  const { category } = body;
  if (category === 'navigation' && typeof data.to === 'string') return { address: absolute(data.to, page) };
  if (category !== 'console' || (body.level !== 'error' && body.level !== 'warning')) return 'nothing';
  const message = consoleMessage(body.message);
  return body.level === 'error'
    ? { draft: { at, kind: 'console-error', severity: 'error', text: timelineWords.consoleError(message) } }
    : { draft: { at, kind: 'console-warning', severity: 'warning', text: timelineWords.consoleWarning(message) } };
}

function readSpan(body: JsonRecord, at: number, page: string): VendorSignal {
  const { op, description, startTimestamp, endTimestamp } = body;
  if (typeof op !== 'string' || typeof description !== 'string') return 'nothing';
  if (op.startsWith('navigation.')) return { address: absolute(description, page) };
  const data = isRecord(body.data) ? body.data : {};
  const status = data.statusCode;
  const isCall = op === 'resource.fetch' || op === 'resource.xhr';
  if (!isCall || !isFiniteNumber(status) || (status !== 0 && status < 400)) return 'nothing';
  const hasTimes = isFiniteNumber(startTimestamp) && isFiniteNumber(endTimestamp);
  return {
    draft: describeFailure({
      at,
      method: typeof data.method === 'string' ? toPlainLine(data.method, 20) : 'GET',
      address: showAddress(description, page),
      status: status === 0 ? undefined : status,
      // Sentry's spans count in seconds.
      durationMs: hasTimes ? Math.max(0, Math.round((endTimestamp - startTimestamp) * 1000)) : undefined,
      isSevere: true,
    }),
  };
}

function absolute(address: string, page: string): string {
  try {
    return new URL(address, page || undefined).href;
  } catch {
    return address;
  }
}
