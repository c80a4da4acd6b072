import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { timelineFormats, type ExportFormat } from '../../../src-main/contract/export-format';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { StoredSession } from '../../../src-main/contract/session';
import { entryText } from '../../../src-main/contract/words/timeline';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { exportStored } from '../../../src-main/worker/jobs/export/exports';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { fullStoryServer } from '../../helpers/contract-servers/fullstory';
import { openReplayServer } from '../../helpers/contract-servers/openreplay';
import { casement } from '../../helpers/command-line';
import { fullStoryKey, openReplayKey } from '../../helpers/platform-samples';
import { openApp } from '../../helpers/services';
import { makeTempFolder } from '../../helpers/temp-folder';

const customer = 'jane.doe@acme-example.com';
const startedAt = Date.UTC(2026, 10, 20, 10);
const at = (second: number): number => startedAt + second * 1000;
const made = { software: 'Casement 0', generatedAt: '2026-11-21T00:00:00.000Z' };
const template = { beforeTitle: '<!doctype html><title>', beforeData: '</title><script>', afterData: '</script>' };
const job = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

/** A FullStory session in which a request and a script fail. The message of the error has the user's address. */
function fullStory() {
  const event = (second: number, event_type: string, event_properties: object) => ({
    event_time: new Date(at(second)).toISOString(),
    event_type,
    event_properties,
    source_properties: { url: { full_url: `https://shop.example/cart?mail=${customer}` } },
  });
  const events = [
    event(0, 'navigate', { navigate_reason: 'navigate' }),
    event(1, 'identify', { user_display_name: customer }),
    event(2, 'click', { target: { text: 'Pay now' } }),
    event(3, 'request', {
      request_method: 'POST',
      request_url: { full_url: 'https://shop.example/api/pay' },
      request_status: 502,
    }),
    event(4, 'exception', { message: `No order of ${customer} is open` }),
  ];
  const listener = fullStoryServer({
    keys: { [fullStoryKey]: 'architect' },
    me: { email: 'agent@acme.example', orgId: 'ACME1-na1' },
    sessions: [`{"userId":"111","sessionId":"222","createdTime":${startedAt / 1000}}`],
    usersOf: () => ({ email: customer, uid: 'u-7' }),
    events: { '111:222': JSON.stringify({ events }) },
    requestsLeft: 1000,
  });
  return { listener, connection: { kind: 'fullstory' as const, place: {}, key: fullStoryKey } };
}

/** The same session of OpenReplay. */
function openReplay() {
  const event = (second: number, $event_name: string, $properties: object, columns: object = {}): string =>
    JSON.stringify({
      event_id: `e-${second}`,
      $event_name,
      created_at: at(second),
      distinct_id: customer,
      session_id: '4813023023591169',
      $auto_captured: true,
      $current_url: `https://shop.example/cart?mail=${customer}`,
      $properties,
      ...columns,
    });
  const events = [
    event(0, 'LOCATION', { url: `https://shop.example/cart?mail=${customer}` }),
    event(1, 'USER_ID', {}),
    event(2, 'CLICK', { label: 'Pay now' }),
    event(3, 'REQUEST', { url: 'https://shop.example/api/pay', method: 'POST', status: 502 }),
    event(4, 'ERROR', { message: `No order of ${customer} is open` }),
  ];
  const listed = { sessionId: '4813023023591169', eventsCount: 5, startTs: at(0), endTs: at(4) };
  const listener = openReplayServer({
    key: openReplayKey,
    projectKey: 'shop',
    sessions: { [customer]: [JSON.stringify(listed)] },
    events: { '4813023023591169': events },
  });
  return { listener, connection: { kind: 'openreplay' as const, place: { projectKey: 'shop' }, key: openReplayKey } };
}

/** Finds the session of the customer on the platform, and pulls it. */
async function pull({ listener, connection }: ReturnType<typeof fullStory | typeof openReplay>) {
  const { add, connections, pull: pullSession, vault } = await openApp(listener);
  const { id } = await add(connection);
  const { sessions } = await connections.search(id, { email: customer }, undefined);
  return { vault, session: await pullSession(id, sessions[0]?.remoteId ?? '') };
}

async function save(vault: FileVault, session: StoredSession, format: ExportFormat, policy = 'incident') {
  const path = join(await makeTempFolder(), `out.${format}`);
  const choice = { policy: findPolicy(policy), hasNotes: true, thresholds: defaultThresholds };
  const windows = {
    print: () => Promise.reject(new Error('no window')),
    readTemplate: () => Promise.resolve(template),
  };
  await exportStored(vault, session, { ...choice, ...windows, format, path }, made, job());
  return path;
}

describe.each([
  ['FullStory', fullStory],
  ['OpenReplay', openReplay],
])('a session of %s, as its platform answers', (_name, serve) => {
  it('is stored completely, as a timeline without a page', async () => {
    const { session } = await pull(serve());
    expect(session).toMatchObject({ isTimelineOnly: true, facts: { events: 5, startedAt, damage: [] } });
    expect(session.isPartial).toBeUndefined();
    expect(session.missingParts).toBeUndefined();
  });

  it('is exported in every timeline format, without the user', async () => {
    const { vault, session } = await pull(serve());
    for (const format of timelineFormats) {
      const text = (await readFile(await save(vault, session, format), 'utf8')).replaceAll('\\', '');
      expect(text, format).toMatch(/No order of •+/);
      expect(text, format).toContain('502');
      expect(text, format).not.toMatch(/jane|acme/i);
    }
  });

  it('is exported in a report under the strictest policy', async () => {
    const { vault, session } = await pull(serve());
    const text = await readFile(await save(vault, session, 'html', 'everything-hidden'), 'utf8');
    expect(text).toContain('<html');
    expect(text).not.toMatch(/jane|acme/i);
  });

  it('leaves as a case file, which opens as the same timeline', async () => {
    const { vault, session } = await pull(serve());
    const path = await save(vault, session, 'case');
    expect(await casement('verify', path)).toMatchObject({ code: 0 });
    const other = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    const opened = await new FileImports(() => 7).importFile(other, path, { thresholds: defaultThresholds }, job());
    expect(opened).toMatchObject({ isTimelineOnly: true, from: 'case' });
    const shown = (await other.readTimeline(opened.id)).map(entryText);
    expect(shown).toHaveLength((await vault.readTimeline(session.id)).length);
    expect(shown.join('\n')).not.toMatch(/jane|acme/i);
  });
});
