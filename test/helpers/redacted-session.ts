import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Policy } from '../../src-main/contract/policy';
import type { RecordedEvent, SessionEvent } from '../../src-main/contract/recorded-event';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { createRedactor } from '../../src-main/core/redaction/redact';
import { resourcePath } from './fixtures';

/** Returns the text of a recording under `resources/`: a JSON array of events. */
export function readRecordingText(file: string): string {
  return gunzipSync(readFileSync(resourcePath(file))).toString();
}

export function toSession(events: readonly RecordedEvent[], windowId = 'tab'): SessionEvent[] {
  return events.map((event) => ({ windowId, event }));
}

export function readSession(file: string): SessionEvent[] {
  return toSession(JSON.parse(readRecordingText(file)) as RecordedEvent[]);
}

/** Returns the redacted events of a session, and the report. */
export function redactSession(
  session: readonly SessionEvent[],
  policy: Policy = findPolicy('private-by-default'),
): { events: SessionEvent[]; report: ReturnType<ReturnType<typeof createRedactor>['report']> } {
  const redactor = createRedactor(policy, { startedAt: session[0]?.event.timestamp ?? 0 });
  const events = [...session.flatMap((event) => redactor.redact(event)), ...redactor.finish()];
  return { events, report: redactor.report() };
}
