import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { errorSentence } from '../../../src-main/contract/errors';
import type { StoredSession } from '../../../src-main/contract/session';
import { defaultCaps, defaultThresholds, recordingCaps } from '../../../src-main/contract/settings';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { inProcessWorker } from '../../helpers/in-process';
import { makeTempFolder } from '../../helpers/temp-folder';
import { drain, openPair } from '../../helpers/test-transport';

describe('a changed limit', () => {
  it('applies from the next request, and its error names the setting', async () => {
    const caps = { ...defaultCaps, wireBytes: 1000, headerBytes: 4096 };
    const { transport } = await openPair(
      (_, response) => void response.setHeader('content-type', 'application/json').end('x'.repeat(2000)),
      { limits: () => caps },
    );
    const failed = await transport.failure('/', drain);
    expect(errorSentence(failed as Parameters<typeof errorSentence>[0])).toBe(
      'The server’s response is larger than 1000 bytes. To allow more, raise “Response size” in the settings.',
    );
    caps.wireBytes = 2000;
    expect(await drain(await transport.fetch({ method: 'GET', path: '/' }))).toBe(2000);
  });

  const events = Array.from({ length: 30 }, (_, at) => ({
    type: 3,
    timestamp: at + 1,
    data: { source: 3, id: 1, x: 0, y: at },
  }));
  const first = [
    { type: 4, timestamp: 0, data: { href: 'https://a.example/', width: 10, height: 10 } },
    { type: 2, timestamp: 0, data: { node: { type: 0, id: 1, childNodes: [] }, initialOffset: { top: 0, left: 0 } } },
  ];

  let stored: StoredSession[] = [];
  const importWith = async (change: Partial<typeof defaultCaps>) => {
    const vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    const worker = inProcessWorker(vault);
    const caps = recordingCaps({ ...defaultCaps, ...change });
    const origin = { title: 'x', from: 'server' as const, sourceName: 'x' };
    const { importId } = await worker.call('import.start', {
      origin,
      thresholds: defaultThresholds,
      isJournaled: false,
      caps,
    });
    const bytes = Buffer.from(JSON.stringify([...first, ...events]));
    try {
      await worker.call('import.bytes', { importId, bytes });
      return await worker.call('import.finish', { importId, state: { completeness: [] } });
    } finally {
      await worker.call('import.abort', { importId });
      stored = await vault.list();
    }
  };

  it('applies to the next recording, which is kept up to the limit', async () => {
    expect((await importWith({})).facts.events).toBe(32);
    const error = await importWith({ events: 10 }).catch((thrown: unknown) => thrown);
    expect(stored.at(-1)).toMatchObject({ isPartial: true, facts: { events: 10 } });
    expect(error).toMatchObject({ code: 'recording-too-large' });
    expect(errorSentence(error as Parameters<typeof errorSentence>[0])).toBe(
      'The recording is larger than 10 events. To allow more, raise “Events per recording” in the settings.',
    );
  });
});
