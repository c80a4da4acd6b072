import type { JoinedEntry } from '../../../contract/timeline';
import { entryText, severityWords } from '../../../contract/words/timeline';
import type { TimelineDocument } from './document';
import {
  createSessionIds,
  machineTime,
  ownFields,
  productOf,
  requestAddress,
  severityNumbers,
  nonNegativeInteger,
  writtenAt,
} from './machine';

/** Writes an OTLP log export as JSON, as a collector accepts it at `/v1/logs`. 64-bit numbers are strings in it. */
export function writeOtlp(document: TimelineDocument): string {
  const product = productOf(document);
  const observed = nanos(writtenAt(document));
  const sessionOf = createSessionIds(document);
  const logs = {
    resourceLogs: [
      {
        resource: { attributes: attributes({ 'service.name': 'recorded-session', 'telemetry.sdk.language': 'webjs' }) },
        scopeLogs: [
          {
            scope: { name: product.name, version: product.version },
            logRecords: document.entries.map((entry) => toRecord(entry, document, observed, sessionOf(entry))),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(logs)}\n`;
}

function toRecord(
  entry: JoinedEntry,
  document: TimelineDocument,
  observedTimeUnixNano: string,
  sessionId: string | undefined,
): object {
  const { kind, severity, durationMs, facts = {}, quotes = {} } = entry;
  const text = entryText(entry);
  const own = Object.entries(ownFields(entry)).map(([name, value]) => [`casement.${name}`, value] as const);
  const { host, path } = requestAddress(entry);
  const isError = kind === 'error' || kind === 'console-error';
  return {
    timeUnixNano: nanos(machineTime(entry, document)),
    observedTimeUnixNano,
    severityNumber: severityNumbers[severity].otlp,
    severityText: severityWords[severity],
    body: { stringValue: text },
    eventName: `casement.${kind}`,
    attributes: attributes({
      ...Object.fromEntries(own),
      'session.id': sessionId,
      'casement.duration_ms': nonNegativeInteger(durationMs),
      'http.request.method': facts.method,
      'http.response.status_code': nonNegativeInteger(facts.status),
      ...(quotes.route !== undefined && { 'server.address': host, 'url.path': path }),
      ...(isError && { 'exception.message': text }),
    }),
  };
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): object[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }];
  });
}

/** Formats integer ms as nanoseconds, which a JavaScript number cannot represent exactly. */
function nanos(ms: number): string {
  return ms === 0 ? '0' : `${ms}000000`;
}
