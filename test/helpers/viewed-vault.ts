import { randomBytes } from 'node:crypto';
import type { Policy } from '../../src-main/contract/policy';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import type { Progress } from '../../src-main/contract/rpc';
import { defaultThresholds } from '../../src-main/contract/settings';
import type { StoredSession } from '../../src-main/contract/session';
import type { ImportOrigin } from '../../src-main/contract/worker';
import type { PreparedExport } from '../../src-main/core/export/prepare';
import { inputOf } from '../../src-main/core/recording/parse';
import { parsePolicy } from '../../src-main/core/redaction/policy';
import { readInAnyOrder } from '../../src-main/node/intake/recording-file';
import { FileVault } from '../../src-main/node/vault/file-vault';
import type { Vault } from '../../src-main/node/vault/vault';
import { prepareStored } from '../../src-main/worker/jobs/export/exports';
import { importReading, withScratch } from '../../src-main/worker/jobs/import/import-recording';
import { element, snapshot, startedAt, text } from '../unit/redaction/small-page';
import { makeTempFolder } from './temp-folder';

export async function openVault(): Promise<FileVault> {
  return FileVault.open(await makeTempFolder(), randomBytes(32), false);
}

let remotes = 0;

/** Returns the origin of a session that was pulled for this user from this source. */
export function pulledFor(title: string, connectionId = 'c-one'): ImportOrigin {
  const remoteId = `remote-${++remotes}`;
  const id = connectionId as NonNullable<ImportOrigin['connectionId']>;
  return { title, from: 'server', sourceName: 'Shop', connectionId: id, remoteId };
}

/** Returns a page with one paragraph for each text. */
export function pageOf(texts: readonly string[], more: unknown[] = []): RecordedEvent[] {
  const paragraphs = texts.map((each, index) => element(100 + 2 * index, 'p', {}, [text(101 + 2 * index, each)]));
  const meta = { type: 4, data: { href: 'https://shop.example/', width: 800, height: 600 }, timestamp: startedAt };
  const click = { type: 3, data: { source: 2, type: 2, id: 3, x: 1, y: 1 }, timestamp: startedAt + 5000 };
  return [meta, snapshot([...paragraphs, ...more] as object[]), click];
}

export function importInto(
  vault: Vault,
  events: readonly RecordedEvent[],
  origin: ImportOrigin,
): Promise<StoredSession> {
  const signal = new AbortController().signal;
  return readInAnyOrder(inputOf(Buffer.from(JSON.stringify(events))), (reading) =>
    importReading(vault, reading, origin, { thresholds: defaultThresholds, now: 1, signal }),
  );
}

/** Returns a policy that keeps only texts that many users saw. */
export function sharedOnly(minUsers: number, more: object = {}): Policy {
  return parsePolicy({ policyVersion: 2, name: 'shared-only', sharedText: { minUsers }, ...more });
}

interface Asked {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Prepares the export of a stored session. Returns it, and the redacted events as JSON. */
export async function exportOf(
  vault: Vault,
  session: StoredSession,
  policy: Policy,
  { signal = new AbortController().signal, onProgress = () => undefined }: Asked = {},
): Promise<PreparedExport & { json: string }> {
  return withScratch(vault, async (scratch) => {
    const choice = { policy, hasNotes: false, thresholds: defaultThresholds };
    const prepared = await prepareStored(vault, session, choice, scratch, { signal, onProgress });
    const events = [];
    for await (const event of prepared.recording.events()) events.push(event);
    return { ...prepared, json: JSON.stringify([events, prepared.entries]) };
  });
}
