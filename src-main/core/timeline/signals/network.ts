import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { readNetworkEntry } from '../../recording/signals/network-entry';
import { quotesOf, type Draft } from '../draft';
import { isVisited, formatPage, formatRoute } from './address';

/** Recorders write a request within this time after its end, ms. */
const bufferMs = 10_000;
const calls: ReadonlySet<unknown> = new Set(['fetch', 'xmlhttprequest', 'xhr']);

/** The facts about a request that a timeline needs. */
export interface Request {
  /** True for a request by a script of the page, false for a resource that the browser loads. */
  isCall: boolean;
  /** The recorder's clock at its start, ms. */
  startedAt: number;
  /** True if the response was a rejection. */
  isRefused: boolean;
  /** An entry, if the request failed or was slow. */
  draft: Draft | undefined;
}

/** The context of a request. */
export interface RequestContext {
  at: number;
  /** The address of the page that sent it. */
  page: string;
  slowRequestMs: number;
}

/** Reads the requests in a network plugin's payload. */
export function readRequests(payload: unknown, context: RequestContext): Request[] {
  if (!isRecord(payload)) return [];
  return listOf(payload.requests).flatMap((request) => {
    const read = isRecord(request) ? readRequest(request, context) : undefined;
    return read ? [read] : [];
  });
}

function readRequest(recorded: JsonRecord, context: RequestContext): Request | undefined {
  const { facts: request } = readNetworkEntry(recorded);
  const { name, initiatorType, duration } = request;
  if (typeof name !== 'string' || !/^(https?:|\/)/i.test(name)) return undefined;
  const status = [request.status, request.responseStatus].find((value) => isFiniteNumber(value) && value > 0);
  const isCall = calls.has(initiatorType);
  const durationMs = isFiniteNumber(duration) && duration >= 0 ? duration : undefined;
  const draft = describeRequest(
    {
      method: typeof request.method === 'string' ? request.method : 'GET',
      address: name,
      status: isFiniteNumber(status) && status < 1000 ? status : undefined,
      isUnanswered: (isCall || initiatorType === 'beacon') && status === undefined && hasFailed(request, recorded),
      durationMs,
      isCall: isCall || initiatorType === 'beacon',
      isPage: initiatorType === 'navigation',
    },
    context,
  );
  const startedAt = readStart(recorded.timestamp, context.at - (durationMs ?? 0));
  return { isCall, startedAt, isRefused: isFiniteNumber(status) && status >= 400, draft };
}

/** Returns the recorded start of a request, or else the latest possible one. Recorders keep requests for a while before they write them. */
function readStart(recorded: unknown, latest: number): number {
  return isFiniteNumber(recorded) && recorded <= latest && latest - recorded <= bufferMs ? recorded : latest;
}

/**
 * Returns true for a call that the recorder has wrapped and that ended without a response. A timing of the browser without a status, or
 * with status 0 for another origin, says nothing: many browsers don't report the status.
 */
function hasFailed(request: JsonRecord, { responseHeaders }: JsonRecord): boolean {
  return (request.status === 0 || request.error === true) && !hasResponse({ ...request, responseHeaders });
}

/** Returns true if a request without a readable status had a response all the same, such as an opaque one of another origin. */
function hasResponse({ transferSize, encodedBodySize, decodedBodySize, responseHeaders }: JsonRecord): boolean {
  const sizes = [transferSize, encodedBodySize, decodedBodySize];
  if (sizes.some((size) => isFiniteNumber(size) && size > 0)) return true;
  return isRecord(responseHeaders) && Object.keys(responseHeaders).length > 0;
}

interface RequestFacts {
  method: string;
  address: string;
  /** Undefined if unknown. */
  status: number | undefined;
  /** True if there was no response. */
  isUnanswered: boolean;
  durationMs: number | undefined;
  isCall: boolean;
  isPage: boolean;
}

/** The methods of the registry that pages use, and WebDAV's. Anything else may be a text of the recording, which a fact never is. */
const methods: ReadonlySet<string> = new Set(
  `CONNECT COPY DELETE GET HEAD LOCK MKCOL MOVE OPTIONS PATCH POST PROPFIND PROPPATCH PUT QUERY REPORT SEARCH TRACE UNLOCK`.split(
    ' ',
  ),
);

/** Returns the method in upper case, or `HTTP` for an unknown one. */
function methodOf(written: string): string {
  const method = written.toUpperCase();
  return methods.has(method) ? method : 'HTTP';
}

/** Returns an entry for a request that failed or was slow, undefined for all others. */
export function describeRequest(facts: RequestFacts, { at, page, slowRequestMs }: RequestContext): Draft | undefined {
  const { status, durationMs, isUnanswered } = facts;
  const isRefused = status !== undefined && status >= 400;
  const isSlow = (facts.isCall || facts.isPage) && durationMs !== undefined && durationMs >= slowRequestMs;
  if (!isUnanswered && !isRefused && !isSlow) return undefined;
  const method = methodOf(facts.method);
  const route = formatRoute(facts.address, page);
  const rest = {
    at,
    verb: 'requested' as const,
    ...(durationMs !== undefined && { durationMs }),
    facts: { method, ...(status !== undefined && { status }), ...(isUnanswered && { isUnanswered }) },
    quotes: quotesOf({ route, page: isVisited(page) ? formatPage(page) : '' }),
  };
  if (isUnanswered) return { ...rest, kind: 'network-error', severity: 'error' };
  if (isRefused) {
    // A failed call interrupts the user; a missing image or font rarely does.
    const severity = facts.isCall || facts.isPage || status >= 500 ? 'error' : 'warning';
    return { ...rest, kind: 'network-error', severity };
  }
  return { ...rest, kind: 'network-slow', severity: 'warning' };
}
