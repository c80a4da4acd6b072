import { readdir } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { StoredSession } from '../../../src-main/contract/session';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { Previews } from '../../../src-main/worker/jobs/export/previews';
import { withTemporaryReplays } from '../../../src-main/worker/jobs/replay/replay-sources';
import { element, text } from '../../unit/redaction/small-page';
import { makeId } from '../../../src-main/node/make-id';
import { makeTempFolder } from '../../helpers/temp-folder';
import { importInto, pageOf, pulledFor, sharedOnly } from '../../helpers/viewed-vault';

const secret = 'Zorblaxia Quuxington';

describe('the preview of a policy', () => {
  let folder: string;
  let vault: FileVault;
  let session: StoredSession;
  let previews: Previews;

  const job = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });
  const choice = (policy = findPolicy('private-by-default')) => ({ policy, thresholds: defaultThresholds });
  const scratches = async (): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.parentPath.includes('scratch')).map(({ name }) => name);
  };

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(folder, randomBytes(32), false);
    const button = element(50, 'button', {}, [text(51, 'Save')]);
    session = await importInto(vault, pageOf([secret], [button]), pulledFor('ada@acme-example.com'));
    previews = new Previews(makeId);
  });

  it('is replayed like any session, under its own id, and contains redacted data only', async () => {
    const { id, report, durationMs, windows } = await previews.make(vault, session, choice(), job());
    expect(id).not.toBe(session.id);
    expect(durationMs).toBe(session.facts.durationMs);
    expect(report).toMatchObject({ policy: 'private-by-default', floor: null });
    expect(Object.keys(windows)).toEqual(session.facts.windows);
    const replayed = withTemporaryReplays(() => vault, previews.find);
    const { facts } = await replayed.get(id);
    const segments = await replayed.segments(id);
    expect(segments.map(({ windowId }) => windowId)).toEqual(Object.values(windows));
    const [first] = segments;
    if (!first) throw new RangeError('no segment');
    expect(first.startMs).toBe(facts.startedAt);
    const json = Buffer.from(await replayed.readSegment(id, first)).toString();
    expect(json).not.toContain('Zorblaxia');
    expect(json).toContain('Save');
    // Control: the stored session, read in the same way, is not redacted.
    const [original] = await replayed.segments(session.id);
    if (!original) throw new RangeError('no segment');
    expect(Buffer.from(await replayed.readSegment(session.id, original)).toString()).toContain('Zorblaxia');
  });

  it('is stored encrypted in a separate folder, and deleted when it is closed', async () => {
    const { id } = await previews.make(vault, session, choice(), job());
    expect(await scratches()).not.toEqual([]);
    await previews.close(id);
    expect(await scratches()).toEqual([]);
    const replayed = withTemporaryReplays(() => vault, previews.find);
    await expect(replayed.get(id)).rejects.toMatchObject({ code: 'session-unknown' });
    await previews.close(id);
  });

  it('leaves nothing when it is cancelled or refused, and only a few are kept', async () => {
    const stopped = new AbortController();
    stopped.abort();
    await expect(previews.make(vault, session, choice(), job(stopped.signal))).rejects.toThrow();
    const timelineOnly = { ...session, isTimelineOnly: true as const };
    await expect(previews.make(vault, timelineOnly, choice(), job())).rejects.toMatchObject({
      code: 'recording-no-snapshot',
    });
    expect(await scratches()).toEqual([]);
    const ids = [];
    for (let count = 0; count < 6; count++) ids.push((await previews.make(vault, session, choice(), job())).id);
    const replayed = withTemporaryReplays(() => vault, previews.find);
    await expect(replayed.get(ids[1] ?? '')).rejects.toMatchObject({ code: 'session-unknown' });
    expect((await replayed.get(ids[5] ?? '')).id).toBe(ids[5]);
    await previews.closeAll();
    expect(await scratches()).toEqual([]);
    expect(await readdir(join(folder, (await readdir(folder))[0] ?? '', 'scratch'))).toEqual([]);
  });

  it('counts the users of a text as an export does', async () => {
    for (const user of ['bob', 'cleo']) {
      await importInto(vault, pageOf([secret]), pulledFor(`${user}@acme-example.com`));
    }
    const shows = async (minUsers: number): Promise<boolean> => {
      const { id } = await previews.make(vault, session, choice(sharedOnly(minUsers)), job());
      const replayed = withTemporaryReplays(() => vault, previews.find);
      const [first] = await replayed.segments(id);
      if (!first) throw new RangeError('no segment');
      return Buffer.from(await replayed.readSegment(id, first)).includes(secret);
    };
    expect(await shows(3)).toBe(true);
    expect(await shows(4)).toBe(false);
  });
});
