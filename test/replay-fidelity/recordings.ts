import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CasementError } from '../../src-main/contract/errors';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { readRecording } from '../../src-main/core/recording/normalise/normalise';
import { inputOf, openRecordings, type RecordingInput } from '../../src-main/core/recording/parse';
import { inflatePorts } from '../../src-main/node/intake/inflate-ports';

/** The events of one window, in order of time. */
export interface WindowEvents {
  name: string;
  events: RecordedEvent[];
}

/** Reads every window of every recording in a file as an import does. Files of an archive that aren't recordings are logged and skipped. */
export async function readWindows(file: string): Promise<WindowEvents[]> {
  const windows: WindowEvents[] = [];
  for await (const { name, input } of openRecordings(inputOf(readFileSync(file)), inflatePorts)) {
    const label = name === '' ? basename(file) : `${basename(file)} › ${name}`;
    const byWindow = await readByWindow(input).catch((error: unknown) => {
      if (!(error instanceof CasementError)) throw error;
      console.log(`${label} can't be read: ${error.code}`);
      return new Map<string, RecordedEvent[]>();
    });
    for (const [id, events] of byWindow)
      windows.push({ name: byWindow.size > 1 ? `${label}, window ${id}` : label, events });
  }
  return windows;
}

async function readByWindow(input: RecordingInput): Promise<Map<string, RecordedEvent[]>> {
  const windows = new Map<string, RecordedEvent[]>();
  for await (const items of readRecording(input, inflatePorts, { order: 'any' }).items) {
    for (const item of items) {
      if (item.kind !== 'event') continue;
      const events = windows.get(item.windowId);
      if (events) events.push(item.event);
      else windows.set(item.windowId, [item.event]);
    }
  }
  return windows;
}
