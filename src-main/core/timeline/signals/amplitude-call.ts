import { isFiniteNumber, isRecord, type JsonRecord } from '../../recording/json';
import { describeRequest, type RequestContext } from './network';
import { nothing, type Signal } from './signal';

/** Reads one of Amplitude's requests. It is recorded when it ends; an aborted one was given up by the page itself. */
export function readAmplitudeCall(body: JsonRecord, context: RequestContext): Signal {
  const { url, method, status, duration, startTime, timestamp, error } = body;
  if (typeof url !== 'string') return nothing;
  const durationMs = isFiniteNumber(duration) ? duration : undefined;
  const started = [startTime, timestamp].find(isFiniteNumber);
  const draft = describeRequest(
    {
      method: typeof method === 'string' ? method : 'GET',
      address: url,
      status: isFiniteNumber(status) && status > 0 ? status : undefined,
      isUnanswered: isRecord(error) && error.name !== 'AbortError' && !(isFiniteNumber(status) && status > 0),
      durationMs,
      isCall: true,
      isPage: false,
    },
    context,
  );
  return { kind: 'call', startedAt: started ?? context.at - (durationMs ?? 0), draft };
}
