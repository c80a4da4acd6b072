import { timelineWords } from '../../../contract/words/timeline';
import { isFiniteNumber, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Draft } from '../draft';
import { toPlainLine } from '../plain-text';
import { showAddress } from './address';

const calls: ReadonlySet<unknown> = new Set(['fetch', 'xmlhttprequest', 'xhr', 'beacon']);

/** The requests of a network plugin's payload that went wrong. `page` is the address of the page that asked. */
export function readFailedRequests(payload: unknown, at: number, page: string): Draft[] {
  if (!isRecord(payload)) return [];
  return listOf(payload.requests).flatMap((request) => {
    const failure = isRecord(request) ? readFailure(request, at, page) : undefined;
    return failure ? [failure] : [];
  });
}

function readFailure(request: JsonRecord, at: number, page: string): Draft | undefined {
  const { name, status, initiatorType } = request;
  if (typeof name !== 'string' || !/^(https?:|\/)/i.test(name)) return undefined;
  const isCall = calls.has(initiatorType);
  // A browser hides the status of files from other origins and says 0: only of calls does it mean that no answer came.
  const isUnanswered = isCall && (status === 0 || status === undefined || status === null);
  const isRefused = isFiniteNumber(status) && status >= 400 && status < 1000;
  if (!isUnanswered && !isRefused) return undefined;
  return describeFailure({
    at,
    method: typeof request.method === 'string' ? request.method : 'GET',
    address: showAddress(name, page),
    status: isRefused ? status : undefined,
    durationMs: isFiniteNumber(request.duration) && request.duration >= 0 ? request.duration : undefined,
    isSevere: isUnanswered || isCall || initiatorType === 'navigation' || (isRefused && status >= 500),
  });
}

interface Failure {
  at: number;
  method: string;
  address: string;
  /** Undefined where no answer came. */
  status: number | undefined;
  durationMs: number | undefined;
  /** A failed call breaks what the user does; a missing picture or font seldom does. */
  isSevere: boolean;
}

export function describeFailure({ at, method, address, status, durationMs, isSevere }: Failure): Draft {
  const request = toPlainLine(`${method.toUpperCase()} ${address}`, 200);
  return {
    at,
    kind: 'network-error',
    severity: isSevere ? 'error' : 'warning',
    text:
      status === undefined
        ? timelineWords.unanswered(request, durationMs)
        : timelineWords.answered(request, status, durationMs),
    ...(durationMs !== undefined && { durationMs }),
  };
}
