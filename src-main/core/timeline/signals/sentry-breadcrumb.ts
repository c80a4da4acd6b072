import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../../recording/json';
import { toPlainLine } from '../../text/plain-line';
import { consoleMessage, describeError, describeMessage } from './console';
import { describeRequest, type RequestContext } from './network';
import { nothing, draftSignal, type Signal } from './signal';

/** Sentry reports a rage click from this number of clicks on. */
const rageClicks = 3;
/** Sentry reports a click as dead after this time without a response, ms. */
const deadAfterMs = 7000;
const textLimit = 200;

/** Categories that rrweb's own events cover better, or that only contain typed text. */
const silentCategories: ReadonlySet<unknown> = new Set(['ui.input', 'ui.scroll', 'replay.init', 'sentry.transaction']);

/** Reads one of Sentry's breadcrumbs. */
export function readBreadcrumb(body: JsonRecord, context: RequestContext): Signal {
  const data = isRecord(body.data) ? body.data : {};
  const { at } = context;
  const { category, level } = body;
  if (silentCategories.has(category)) return nothing;
  switch (category) {
    case 'navigation':
      return typeof data.to === 'string' ? { kind: 'address', href: data.to } : nothing;
    case 'ui.click':
    case 'ui.tap':
      return readClick('plain', 1, body, data, at);
    case 'ui.multiClick':
      return readClick('rage', count(data), body, data, at);
    case 'ui.slowClickDetected':
      return readSlowClick(body, data, at);
    case 'ui.keyDown':
      return isCopy(data) ? draftSignal(at, 'copy', 'info', 'copied') : nothing;
    case 'ui.blur':
    case 'app.background':
      return { kind: 'left' };
    case 'ui.focus':
    case 'app.foreground':
      return { kind: 'came-back' };
    case 'console':
      if (level !== 'error' && level !== 'warning') return nothing;
      return { kind: 'draft', draft: describeMessage(level, consoleMessage(body.message), at) };
    case 'fetch':
    case 'xhr':
      return readCall(data, context);
    case 'feedback':
    case 'sentry.feedback':
      return draftSignal(at, 'breadcrumb', 'info', 'sent-feedback');
    case 'replay.hydrate-error':
      return draftSignal(at, 'performance', 'warning', 'failed-hydration');
    case 'replay.mutations':
      return data.limit === true ? draftSignal(at, 'lost', 'warning', 'throttled') : nothing;
    case 'replay.throttled':
      return draftSignal(at, 'lost', 'warning', 'throttled');
    default:
      return readOther(body, at);
  }
}

function readOther({ category, level, type, message }: JsonRecord, at: number): Signal {
  const text = typeof message === 'string' ? toPlainLine(message, textLimit) : '';
  const name = typeof category === 'string' ? toPlainLine(category, 80) : '';
  const isError = level === 'error' || level === 'fatal';
  if (
    category === 'exception' ||
    category === 'sentry.event' ||
    category === 'issue' ||
    (isError && type === 'error')
  ) {
    return { kind: 'draft', draft: describeError(text, at) };
  }
  if (!text && !name) return nothing;
  const severity = isError ? 'error' : level === 'warning' ? 'warning' : 'info';
  return draftSignal(at, 'breadcrumb', severity, 'left-breadcrumb', { label: name, message: text });
}

function readSlowClick(body: JsonRecord, data: JsonRecord, at: number): Signal {
  if (count(data) >= rageClicks) return readClick('rage', count(data), body, data, at);
  const isDead =
    data.endReason === 'timeout' && !(isFiniteNumber(data.timeAfterClickMs) && data.timeAfterClickMs < deadAfterMs);
  return isDead ? readClick('dead', 1, body, data, at) : nothing;
}

/** The click's own time is in the breadcrumb, in seconds. */
function readClick(
  verdict: 'plain' | 'dead' | 'rage',
  clicks: number,
  { timestamp }: JsonRecord,
  { nodeId, node }: JsonRecord,
  at: number,
): Signal {
  const id = isNodeId(nodeId) ? nodeId : isRecord(node) && isNodeId(node.id) ? node.id : -1;
  const clickedAt = isFiniteNumber(timestamp) ? timestamp * (timestamp < 1e10 ? 1000 : 1) : at;
  return { kind: 'click', verdict, at: clickedAt, nodeId: id, count: clicks };
}

function count({ clickCount }: JsonRecord): number {
  return isFiniteNumber(clickCount) ? Math.max(1, Math.floor(clickCount)) : 1;
}

function isCopy({ key, ctrlKey, metaKey }: JsonRecord): boolean {
  return (key === 'c' || key === 'x' || key === 'C' || key === 'X') && (ctrlKey === true || metaKey === true);
}

function readCall({ url, method, status_code: status }: JsonRecord, context: RequestContext): Signal {
  if (typeof url !== 'string') return nothing;
  const draft = describeRequest(
    {
      method: typeof method === 'string' ? method : 'GET',
      address: url,
      status: isFiniteNumber(status) && status > 0 ? status : undefined,
      isUnanswered: status === 0,
      durationMs: undefined,
      isCall: true,
      isPage: false,
    },
    context,
  );
  return { kind: 'call', startedAt: context.at, draft };
}
