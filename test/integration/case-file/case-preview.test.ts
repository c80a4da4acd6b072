import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CasePreview } from '../../../src-main/contract/case-preview';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { CaseEntry } from '../../../src-main/core/casefile/entries';
import { checkPreviewChunk } from '../../../src-main/core/casefile/case-preview';
import { encodeManifest } from '../../../src-main/core/casefile/manifest';
import { groupByWindow, readSegmentText } from '../../../src-main/core/recording/segments/segment';
import { readIndexes } from '../../../src-main/node/case-archive/case-recordings';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { openCheckedZip } from '../../../src-main/node/case-archive/read-zip';
import { sha256, writeCase } from '../../../src-main/node/case-archive/write-case';
import { generateSigningKey, openSigner } from '../../../src-main/node/signing/ed25519';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { FileImports } from '../../../src-main/worker/jobs/import/file-imports';
import { CasePreviews } from '../../../src-main/worker/jobs/replay/case-previews';
import { ReplayServer } from '../../../src-main/worker/jobs/replay/replay';
import { withTemporaryReplays } from '../../../src-main/worker/jobs/replay/replay-sources';
import { caseHead, longCaseEntries, tinyCaseEntries } from '../../helpers/case-file';
import { FakePort, settled } from '../../helpers/fake-port';
import { makeId } from '../../../src-main/node/make-id';
import { rawZip, type RawEntry } from '../../helpers/raw-zip';
import { tinyRecording } from '../../helpers/recordings';
import { collectEvents } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const startedAt = 1_700_000_000_000;

/** Returns a case file with these entries and a manifest with the hashes of `listed`. */
function archiveOf(entries: readonly CaseEntry[], { listed = entries, head = {}, digest = '' } = {}): Buffer {
  const named = entries.map(({ path, bytes }): RawEntry => ({ name: path, content: Buffer.from(bytes) }));
  const resources = listed.map(({ path, bytes, mediatype }) => {
    return { name: path.replaceAll('/', '-'), path, hash: sha256(bytes), bytes: bytes.length, mediatype };
  });
  const manifest = Buffer.from(encodeManifest({ ...caseHead, ...head }, resources));
  const hash = digest === '' ? sha256(manifest) : digest;
  return rawZip([
    { name: 'mimetype', content: Buffer.from('application/vnd.casement.case+zip') },
    ...named,
    { name: 'datapackage.json', content: manifest },
    { name: 'datapackage-digest.json', content: Buffer.from(JSON.stringify({ path: 'datapackage.json', hash })) },
  ]);
}

/** Returns the entries with one changed. */
function changed(entries: readonly CaseEntry[], path: string, change: (text: string) => string): CaseEntry[] {
  return entries.map((entry) =>
    entry.path === path ? { ...entry, bytes: Buffer.from(change(Buffer.from(entry.bytes).toString())) } : entry,
  );
}

describe('the preview of a case file', () => {
  let folder: string;
  let vault: FileVault;
  let previews: CasePreviews;

  beforeEach(async () => {
    folder = await makeTempFolder();
    vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    previews = new CasePreviews(makeId);
  });

  const replayed = () => withTemporaryReplays(() => vault, previews.find);
  const job = { signal: new AbortController().signal, onProgress: () => undefined };

  async function write(bytes: Buffer): Promise<string> {
    const path = join(folder, `${makeId('x')}.casement`);
    await writeFile(path, bytes);
    return path;
  }

  async function openPreview(path: string): Promise<CasePreview> {
    const preview = await previews.make(path);
    if (!preview) throw new RangeError('no preview');
    return preview;
  }

  const idOf = ({ recordings: [first] }: CasePreview): string => first?.id ?? '';

  /** Returns the recorded events of each tab as a replay receives them. */
  async function seenEvents(id: string): Promise<Record<string, RecordedEvent[]>> {
    const windows: Record<string, RecordedEvent[]> = {};
    for (const [windowId, segments] of groupByWindow(await replayed().segments(id))) {
      const events = (windows[windowId] ??= []);
      for (const segment of segments) {
        const all = readSegmentText(await replayed().readSegment(id, segment));
        events.push(...all.slice(segment.keyframe));
      }
    }
    return windows;
  }

  async function importedEvents(path: string): Promise<Record<string, RecordedEvent[]>> {
    const imports = new FileImports(Date.now);
    const { id } = await imports.importFile(vault, path, { thresholds: defaultThresholds }, job);
    const windows: Record<string, RecordedEvent[]> = {};
    for (const { windowId, event } of await collectEvents(vault, id)) (windows[windowId] ??= []).push(event);
    return windows;
  }

  it('serves the events that the import stores, each chunk with its own page', async () => {
    const path = join(folder, 'long.casement');
    await writeCase(path, caseHead, await longCaseEntries(5000), { check: () => undefined });
    const preview = await openPreview(path);
    expect(preview).toMatchObject({
      title: caseHead.title,
      recordings: [{ place: 0, facts: { windows: ['1', '2'] } }],
    });
    const segments = await replayed().segments(idOf(preview));
    expect(segments.length).toBeGreaterThan(3);
    for (const segment of segments) {
      const [first, second] = readSegmentText(await replayed().readSegment(idOf(preview), segment));
      expect([first?.type, second?.type]).toEqual([4, 2]);
    }
    const seen = await seenEvents(idOf(preview));
    expect(Object.values(seen).flat()).toHaveLength(5006);
    expect(seen).toEqual(await importedEvents(path));
  });

  it('leaves out the same events as the import', async () => {
    const entries = changed(await tinyCaseEntries(), 'recordings/r1/000000.json', (text) =>
      text.replace(/\]$/, `,{"type":3,"data":{"source":2,"type":"evil","id":4},"timestamp":${startedAt + 900}}]`),
    );
    const path = await write(archiveOf(entries));
    const seen = await seenEvents(idOf(await openPreview(path)));
    expect(seen['1']).toHaveLength(3);
    expect(seen).toEqual(await importedEvents(path));
  });

  it('refuses a chunk with the wrong hash and serves the others', async () => {
    const entries = await longCaseEntries(5000);
    const bad = 'recordings/r1/000002.json';
    const forged = changed(entries, bad, (text) => text.replace('ää', 'öö'));
    const path = await write(archiveOf(forged, { listed: entries }));
    const preview = await openPreview(path);
    const id = idOf(preview);
    const segments = await replayed().segments(id);
    const { windowId } = segments.find(({ file }) => file === bad) ?? {};
    const inWindow = segments.filter((segment) => segment.windowId === windowId);
    const port = new FakePort();
    await new ReplayServer(replayed).serve(await replayed().get(id), windowId ?? null, port as never);
    const answers = () => port.got.filter(({ kind }) => kind !== 'index');
    for (const index of inWindow.keys()) {
      port.emit('message', { kind: 'segment', index });
      while (answers().length <= index) await settled();
    }
    const badIndex = inWindow.findIndex(({ file }) => file === bad);
    expect(answers().filter(({ kind }) => kind === 'failed')).toEqual([
      { kind: 'failed', code: 'case-changed', index: badIndex },
    ]);
    expect(port.texts()).toHaveLength(inWindow.length - 1);

    // Control: apart from its hash, the chunk is valid and would be served.
    const zip = await openCheckedZip(path);
    const entry = zip.entries.get(bad);
    const chunk = inWindow[badIndex];
    if (!entry || !chunk) throw new RangeError('no such chunk');
    expect(Buffer.from(checkPreviewChunk(await zip.read(entry), chunk)).toString()).toContain('öö');
    zip.close();
  });

  it('returns null for an invalid archive, manifest, signature or index; the import reports the reason', async () => {
    const entries = await tinyCaseEntries();
    const valid = archiveOf(entries);
    expect(await previews.make(await write(valid))).not.toBeNull();

    const signed = join(folder, 'signed.casement');
    const signer = openSigner(generateSigningKey());
    await writeCase(signed, caseHead, entries, { check: () => undefined, signer });
    expect(await previews.make(signed)).not.toBeNull();
    const archive = await openCheckedZip(signed);
    const halfSigned: RawEntry[] = [];
    for (const [name, entry] of archive.entries) {
      if (!name.endsWith('.sshsig')) halfSigned.push({ name, content: await archive.read(entry) });
    }
    archive.close();
    const sealed = join(folder, 'sealed.casement');
    await writeCase(sealed, caseHead, entries, { check: () => undefined, passphrase: 'harbor' });

    const index = 'recordings/r1/index.json';
    const refused: Record<string, string> = {
      'a trailing byte': await write(Buffer.concat([valid, Buffer.from('x')])),
      'an entry that isn’t listed': await write(archiveOf(entries, { listed: entries.slice(1) })),
      'a wrong digest': await write(archiveOf(entries, { digest: sha256(Buffer.from('another')) })),
      'a missing signature': await write(rawZip(halfSigned)),
      'a changed index': await write(
        archiveOf(
          changed(entries, index, (text) => text.replace('900', '901')),
          { listed: entries },
        ),
      ),
      'a passphrase': sealed,
      'a recording': await write(Buffer.from(JSON.stringify(tinyRecording().map(({ event }) => event)))),
      'a missing file': join(folder, 'none.casement'),
      'a folder': folder,
    };
    for (const [what, path] of Object.entries(refused)) expect(await previews.make(path), what).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('doesn’t wait for a pipe', async () => {
    const path = join(folder, 'pipe.casement');
    execFileSync('mkfifo', [path]);
    expect(await previews.make(path)).toBeNull();
  });

  it('returns null if the index has times or pages that a seek can’t use, though the import can', async () => {
    const entries = await longCaseEntries(5000);
    const changes: Record<string, (text: string) => string> = {
      'a chunk without a page': (text) =>
        text.replaceAll(/"keyframe":\d+,"startsWithFullSnapshot":true/g, '"keyframe":0,"startsWithFullSnapshot":false'),
      'an end before its start': (text) => text.replace(/"t1":\d+/, '"t1":-5'),
      'an infinite time': (text) => text.replace(/"t1":\d+/, '"t1":1e999'),
    };
    for (const [what, change] of Object.entries(changes)) {
      const path = await write(archiveOf(changed(entries, 'recordings/r1/index.json', change)));
      expect(await previews.make(path), what).toBeNull();
    }
    // In version 1, a chunk contains events of all tabs.
    const old = changed(await tinyCaseEntries(), 'recordings/r1/index.json', (text) =>
      text.replaceAll(/"(durationMs|windowId|keyframe)":[^,]+,/g, ''),
    );
    const path = await write(archiveOf(old, { head: { formatVersion: 1, minReader: 1 } }));
    const opened = await openCase(path);
    expect(await readIndexes(opened)).toHaveLength(1);
    opened.close();
    expect(await previews.make(path)).toBeNull();
  });

  it('serves nothing after it is closed, and keeps only a few open', async () => {
    const path = await write(archiveOf(await tinyCaseEntries()));
    const open: string[] = [];
    for (let count = 0; count < 6; count++) open.push(idOf(await openPreview(path)));
    const isServed = (id: string) =>
      replayed()
        .get(id)
        .then(
          () => true,
          () => false,
        );
    expect(await Promise.all(open.map(isServed))).toEqual([false, false, true, true, true, true]);
    const last = await openPreview(path);
    const [segment] = await replayed().segments(idOf(last));
    if (!segment) throw new RangeError('no segment');
    expect((await replayed().readSegment(idOf(last), segment)).length).toBeGreaterThan(0);
    previews.close(last.id);
    await expect(replayed().readSegment(idOf(last), segment)).rejects.toThrow();
    previews.closeAll();
    expect(await isServed(open[5] ?? '')).toBe(false);
  });
});
