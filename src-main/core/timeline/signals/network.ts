import { timelineWords } from '../../../contract/words/timeline';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Draft } from '../draft';
import { toPlainLine } from '../../text/plain-line';
import { quote } from '../quote';
import { isVisited, showPage, showRoute } from './address';

const calls: ReadonlySet<unknown> = new Set(['fetch', 'xmlhttprequest', 'xhr']);

/** One request, as far as a timeline tells of it. */
export interface Request {
  /** What the page itself called, as opposed to what a browser loads for it. */
  isCall: boolean;
  /** How long before its event it began, ms; 0 where the recording doesn't say. */
  durationMs: number;
  /** Where it failed or was slow. */
  draft: Draft | undefined;
}

/** What is around a request. */
export interface RequestContext {
  at: number;
  /** The address of the page that asked. */
  page: string;
  slowRequestMs: number;
}

/** The requests of a network plugin's payload. */
export function readRequests(payload: unknown, context: RequestContext): Request[] {
  if (!isRecord(payload)) return [];
  return listOf(payload.requests).flatMap((request) => {
    const read = isRecord(request) ? readRequest(request, context) : undefined;
    return read ? [read] : [];
  });
}

function readRequest(request: JsonRecord, context: RequestContext): Request | undefined {
  const { name, initiatorType, duration } = request;
  if (typeof name !== 'string' || !/^(https?:|\/)/i.test(name)) return undefined;
  const status = request.status ?? request.responseStatus;
  const isCall = calls.has(initiatorType);
  const durationMs = isFiniteNumber(duration) && duration >= 0 ? duration : undefined;
  const draft = describeRequest(
    {
      method: typeof request.method === 'string' ? request.method : 'GET',
      address: name,
      status: isFiniteNumber(status) && status > 0 && status < 1000 ? status : undefined,
      // A browser hides the status of files from other origins and says 0: only of calls does it mean that no answer came.
      isUnanswered: isCall || initiatorType === 'beacon' ? !isFiniteNumber(status) || status === 0 : false,
      durationMs,
      isCall: isCall || initiatorType === 'beacon',
      isPage: initiatorType === 'navigation',
    },
    context,
  );
  return { isCall, durationMs: durationMs ?? 0, draft };
}

interface RequestFacts {
  method: string;
  address: string;
  /** Undefined where it isn't known. */
  status: number | undefined;
  /** No answer came. */
  isUnanswered: boolean;
  durationMs: number | undefined;
  isCall: boolean;
  isPage: boolean;
}

/** A request that failed, or took long; undefined for all others. */
export function describeRequest(facts: RequestFacts, { at, page, slowRequestMs }: RequestContext): Draft | undefined {
  const { status, durationMs, isUnanswered } = facts;
  const isRefused = status !== undefined && status >= 400;
  const isSlow = (facts.isCall || facts.isPage) && durationMs !== undefined && durationMs >= slowRequestMs;
  if (!isUnanswered && !isRefused && !isSlow) return undefined;
  const method = toPlainLine(facts.method.toUpperCase(), 20);
  const route = showRoute(facts.address, page);
  const request = `${method} ${quote(route)}`;
  const rest = {
    at,
    ...(durationMs !== undefined && { durationMs }),
    details: {
      method,
      route,
      ...(status !== undefined && { status }),
      ...(isVisited(page) && { page: showPage(page) }),
    },
  };
  if (isUnanswered) {
    return { ...rest, kind: 'network-error', severity: 'error', text: timelineWords.unanswered(request, durationMs) };
  }
  if (isRefused) {
    // A failed call breaks what the user does; a missing picture or font seldom does.
    const severity = facts.isCall || facts.isPage || status >= 500 ? 'error' : 'warning';
    return { ...rest, kind: 'network-error', severity, text: timelineWords.answered(request, status, durationMs) };
  }
  return { ...rest, kind: 'network-slow', severity: 'warning', text: timelineWords.slow(request, durationMs ?? 0) };
}
