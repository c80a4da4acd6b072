import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { commandLineFormats, timelineFormats } from '../../../src-main/contract/export-format';
import { endOnBrokenOutput } from '../../../src-main/cli/broken-output';
import { encodeText } from '../../../src-main/core/casefile/text';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { readCustody } from '../../../src-main/node/case-archive/case-recordings';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { fingerprintOf, generateSigningKey, openSigner, type Signer } from '../../../src-main/node/signing/ed25519';
import { damageWords } from '../../../src-main/contract/words/recording';
import type { RecordingFacts } from '../../../src-main/contract/session';
import { fileInput } from '../../../src-main/node/files/file-input';
import { readRecordings } from '../../../src-main/node/intake/recording-file';
import { caseHead, tinyCaseEntries, writeTinyCase } from '../../helpers/case-file';
import { casement } from '../../helpers/command-line';
import { plantedRecordings, valueForms } from '../../helpers/planted-values';
import { tinyRecording } from '../../helpers/recordings';
import { recordingPaths, resourcePath } from '../../helpers/fixtures';
import { canMount, mountTinyDisk } from '../../helpers/full-disk';
import { makeTempFolder } from '../../helpers/temp-folder';
import { writeTar } from '../../unit/recording/tar-writer';

const harbor = resourcePath('demo/harbor-checkout.json.gz');

interface Part {
  text: string;
  /** Compressed bytes, which may contain any three characters by chance. */
  isCompressed: boolean;
}

/** Returns the parts of an export: the file itself and, for a case file, every entry. */
async function readParts(path: string): Promise<Part[]> {
  const bytes = await readFile(path);
  const readable = (text: string): Part => ({ text, isCompressed: false });
  if (!path.endsWith('.casement')) return [readable(bytes.toString())];
  const opened = await openCase(path);
  const entries = await Promise.all(opened.manifest.resources.map((resource) => opened.read(resource.path)));
  opened.close();
  const texts = [JSON.stringify(opened.manifest), ...entries.map((entry) => entry.toString())];
  return [{ text: bytes.toString('latin1'), isCompressed: true }, ...texts.map(readable)];
}

describe('every recording', () => {
  it.each(recordingPaths().map((file, index) => [basename(file), file, index] as const))(
    'is inspected, listed as a timeline, redacted, packed and verified: %s',
    async (_, file, index) => {
      const folder = await makeTempFolder();
      const inspected = await casement('inspect', file, '--json');
      expect(inspected.code).toBe(0);
      const { recordings } = JSON.parse(inspected.stdout) as { recordings: { events: number }[] };
      expect(recordings.length).toBeGreaterThan(0);

      // One format each: all formats of the planted recordings are written below.
      const timeline = await casement('timeline', file, '--format', pickFormat(index));
      expect(timeline).toMatchObject({ code: 0 });
      expect(timeline.stdout.length).toBeGreaterThan(50);

      const redacted = join(folder, recordings.length === 1 ? 'redacted.json' : 'redacted');
      expect(await casement('redact', file, '--out', redacted, '--report', join(folder, 'report.json'))).toMatchObject({
        code: 0,
      });
      const first = recordings.length === 1 ? redacted : join(redacted, 'recording-1.json');
      expect((await readRecordings(await fileInput(first))).found).toHaveLength(1);

      const caseFile = join(folder, 'x.casement');
      expect(await casement('pack', file, '--out', caseFile, '--title', 'A case')).toMatchObject({ code: 0 });
      const verified = await casement('verify', caseFile, '--json');
      expect(verified.code).toBe(0);
      expect(JSON.parse(verified.stdout)).toMatchObject({ verdict: 'unsigned', title: 'A case' });

      // A case file can be inspected too, with the same number of recordings.
      const again = await casement('inspect', caseFile, '--json');
      expect((JSON.parse(again.stdout) as { recordings: unknown[] }).recordings).toHaveLength(recordings.length);
    },
  );
});

const pickFormat = (index: number): string => timelineFormats[index % timelineFormats.length] ?? 'csv';

describe('an inspected case file', () => {
  it('is read up to its manifest and indexes, and the rest is reported as unverified', async () => {
    const path = await writeTinyCase(await makeTempFolder());
    const bytes = await readFile(path);
    const chunk = bytes.indexOf('recordings/r1/000000.json') + 60;
    bytes.writeUInt8(bytes.readUInt8(chunk) ^ 1, chunk);
    await writeFile(path, bytes);
    const { code, stdout } = await casement('inspect', path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^check {7}not verified/m);
    expect(stdout).toMatch(/^signature {3}none$/m);
    expect(stdout).toMatch(/^events {6}3$/m);
    expect((await casement('verify', path)).code).not.toBe(0);

    const index = bytes.indexOf('recordings/r1/index.json') + 60;
    bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
    await writeFile(path, bytes);
    expect((await casement('inspect', path)).stderr).toMatch(/^case-changed: /m);
  });

  it('reports whose signature matches its manifest, if any', async () => {
    const path = join(await makeTempFolder(), 'signed.casement');
    const signer = openSigner(generateSigningKey());
    const write = (by: Signer) =>
      tinyCaseEntries().then((entries) => writeCase(path, caseHead, entries, { check: () => undefined, signer: by }));
    await write(signer);
    expect((await casement('inspect', path)).stdout).toContain(fingerprintOf(signer.publicKey));
    const { stdout } = await casement('inspect', path, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ signature: { state: 'holds' }, isVerified: false });
    await write({ ...signer, sign: () => new Uint8Array(64) });
    expect((await casement('inspect', path)).stdout).toMatch(/^signature {3}DOES NOT MATCH/m);
  });
});

describe('the private values planted in the demo recordings', () => {
  it.each(plantedRecordings)('are in no byte of any export: $file', async ({ file, values }) => {
    const folder = await makeTempFolder();
    const input = resourcePath(file);
    const outputs = timelineFormats.map((format) => join(folder, `timeline.${format}`));
    for (const [index, format] of timelineFormats.entries()) {
      const out = outputs[index] ?? '';
      expect(await casement('timeline', input, '--format', format, '--out', out)).toMatchObject({ code: 0 });
    }
    const [caseFile, redacted, report] = [
      join(folder, 'c.casement'),
      join(folder, 'r.json'),
      join(folder, 'report.json'),
    ];
    expect(await casement('pack', input, '--out', caseFile)).toMatchObject({ code: 0 });
    expect(await casement('redact', input, '--out', redacted, '--report', report)).toMatchObject({ code: 0 });

    for (const output of [...outputs, caseFile, redacted, report]) {
      for (const { text, isCompressed } of await readParts(output)) {
        for (const value of values.filter(({ length }) => !isCompressed || length >= 5)) {
          for (const { form, pattern } of valueForms(value)) {
            if (pattern.test(text)) throw new Error(`${output}: planted value no. ${values.indexOf(value)}, ${form}`);
          }
        }
      }
    }
  });

  it('are found by the same search in the recording', async () => {
    for (const { file, values } of plantedRecordings) {
      const { found } = await readRecordings(await fileInput(resourcePath(file)));
      const text = JSON.stringify(found[0]?.events);
      for (const value of values) expect(valueForms(value).some(({ pattern }) => pattern.test(text))).toBe(true);
    }
  });
});

describe('several files', () => {
  it('are one timeline, in the order of their clocks even under a policy that hides them', async () => {
    const folder = await makeTempFolder();
    const paths = [60_000, 0].map((laterMs) => join(folder, `after-${laterMs}.json`));
    for (const [index, path] of paths.entries()) {
      const events = tinyRecording(1_700_000_000_000 + (index === 0 ? 60_000 : 0)).map(({ event }) => event);
      await writeFile(path, JSON.stringify(events));
    }
    const linesOf = async (...files: string[]): Promise<unknown[]> => {
      const { stdout } = await casement('timeline', ...files, '--format', 'jsonl');
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { session: number; at_ms: number; session_at_ms: number })
        .map(({ session, at_ms, session_at_ms }) => [session, at_ms - session_at_ms]);
    };
    const lines = await linesOf(...paths);
    expect(lines[0]).toEqual([2, 0]);
    expect(lines.at(-1)).toEqual([1, 60_000]);
    // The case file made of them has the same timeline.
    const packed = join(folder, 'x.casement');
    expect(await casement('pack', ...paths, '--out', packed)).toMatchObject({ code: 0 });
    expect(await linesOf(packed)).toEqual(lines);
  });
});

describe('a case file', () => {
  it('has the same timeline as its recording', async () => {
    const caseFile = join(await makeTempFolder(), 'x.casement');
    await casement('pack', harbor, '--out', caseFile);
    const before = await casement('timeline', harbor, '--format', 'jsonl');
    const after = await casement('timeline', caseFile, '--format', 'jsonl');
    expect(after.stdout.split('\n').length).toBeGreaterThan(25);
    // Masked text is masked again: the length of a mask may change, and with it which texts are too long to quote.
    const entriesOf = (text: string): unknown[] =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { at_ms: number; kind: string; node_id?: number })
        .map(({ at_ms, kind, node_id }) => ({ at_ms, kind, node_id }));
    expect(entriesOf(after.stdout)).toEqual(entriesOf(before.stdout));
  });
});

describe('a policy with sharedText', () => {
  it('keeps no shared text without a vault, and reports that', async () => {
    const folder = await makeTempFolder();
    const [plain, shared] = [join(folder, 'plain.json'), join(folder, 'shared.json')];
    const policy = { policyVersion: 2, name: 'mine' };
    await writeFile(plain, JSON.stringify(policy));
    await writeFile(shared, JSON.stringify({ ...policy, sharedText: { minUsers: 2 } }));
    const redact = (path: string) => casement('redact', harbor, '--policy', path, '--out', join(folder, 'out.json'));
    const without = await redact(plain);
    const bytes = await readFile(join(folder, 'out.json'));
    const withShared = await redact(shared);
    expect(withShared.code).toBe(0);
    expect(await readFile(join(folder, 'out.json'))).toEqual(bytes);
    expect(withShared.stderr).toContain('has no effect on the command line');
    expect(without.stderr).not.toContain('vault');
  });
});

describe('a repacked case file', () => {
  it('keeps its chain of custody', async () => {
    const folder = await makeTempFolder();
    const [once, twice] = [join(folder, 'once.casement'), join(folder, 'twice.casement')];
    expect((await casement('pack', harbor, harbor, '--out', once)).code).toBe(0);
    expect((await casement('pack', once, '--out', twice)).code).toBe(0);
    const custodyOf = async (path: string): Promise<unknown[]> => {
      const opened = await openCase(path);
      const custody = await readCustody(opened);
      opened.close();
      return custody;
    };
    const earlier = await custodyOf(once);
    expect(earlier).toHaveLength(6);
    const later = await custodyOf(twice);
    expect(later.slice(0, 6)).toEqual(earlier);
    expect(later.slice(6)).toMatchObject(
      ['imported', 'redacted', 'packed', 'imported', 'redacted', 'packed'].map((action) => ({ action })),
    );
  });
});

describe('text from a file', () => {
  // A terminal would interpret these as commands: a new window title and a colour.
  const escape = '\u001b]0;mine\u0007\u001b[31mred\u009b2J\u202eback';
  const isPlain = (text: string): boolean => !/[^\n\P{C}]/u.test(text);

  it('is printed as plain lines', async () => {
    const path = join(await makeTempFolder(), 'x.casement');
    const head = { ...caseHead, title: escape, software: escape, redaction: { policy: escape, policyVersion: 1 } };
    const entries = (await tinyCaseEntries()).map((entry) =>
      entry.path === 'recordings/r1/index.json'
        ? {
            ...entry,
            bytes: encodeText(Buffer.from(entry.bytes).toString().replace('"array"', JSON.stringify(escape))),
          }
        : entry,
    );
    await writeCase(path, head, entries, { check: () => undefined });
    expect(isPlain(escape)).toBe(false);
    const { code, stdout } = await casement('inspect', path);
    expect(code).toBe(0);
    expect(stdout).toContain('case file   redback\n');
    expect(stdout).toContain('format      redback\n');
    expect(isPlain(stdout)).toBe(true);
  });

  it('is printed as plain lines in an error', async () => {
    const policy = join(await makeTempFolder(), 'policy.json');
    await writeFile(policy, JSON.stringify({ ...findPolicy('private-by-default'), [escape]: 1 }));
    const { stderr } = await casement('timeline', harbor, '--format', 'md', '--policy', policy);
    expect(stderr).toMatch(/^policy-invalid: .*redback/m);
    expect(isPlain(stderr)).toBe(true);
  });
});

describe('a broken stdout', () => {
  const failure = (code: string) => Object.assign(new Error('write'), { code, syscall: 'write' });
  const endOn = (error: Error): { code: number; printed: string[] } => {
    const printed: string[] = [];
    return { code: endOnBrokenOutput(error, { print: (line) => printed.push(line), isDebug: false }), printed };
  };

  it('is not an error when the reader closes the pipe', () => {
    expect(endOn(failure('EPIPE'))).toEqual({ code: 0, printed: [] });
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EIO', 'disk-failed'],
  ])('is reported for %s', (system, code) => {
    expect(endOn(failure(system))).toEqual({
      code: 5,
      printed: [expect.stringMatching(new RegExp(`^${code}: .{10,}`))],
    });
  });

  it('is a bug for an unknown system error', () => {
    expect(endOn(new Error('what?')).code).toBe(1);
  });
});

describe('bad input', () => {
  const recording = JSON.stringify(tinyRecording().map(({ event }) => event));
  const noSnapshot = JSON.stringify([
    { type: 4, data: { href: 'https://a.example', width: 1, height: 1 }, timestamp: 1 },
  ]);
  const cases: [string, string | Uint8Array, string, number][] = [
    ['an empty file', '', 'recording-empty', 3],
    ['not a recording', 'hello there', 'recording-unreadable', 3],
    ['other JSON', '{"hello": "there"}', 'recording-unreadable', 3],
    ['JSON that is truncated within its first event', recording.slice(0, 40), 'recording-truncated', 3],
    ['truncated gzip', gzipSync(recording).subarray(0, 60), 'recording-truncated', 3],
  ];

  it.each(cases)('%s is refused with a code and a message', async (_name, content, code, exit) => {
    const file = join(await makeTempFolder(), 'input.json');
    await writeFile(file, content);
    for (const command of [
      ['inspect', file],
      ['timeline', file, '--format', 'md'],
    ]) {
      const result = await casement(...command);
      expect(result.code).toBe(exit);
      expect(result.stdout).toBe('');
      expect(result.stderr).toMatch(new RegExp(`^${code}: .{10,}`, 'm'));
    }
  });

  it('a recording without a page is inspected, and exported as a timeline', async () => {
    const file = join(await makeTempFolder(), 'input.json');
    await writeFile(file, noSnapshot);
    expect((await casement('inspect', file)).stdout).toMatch(/^events +1$/m);
    const { stdout } = await casement('timeline', file, '--format', 'jsonl');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'navigation' });
  });

  it('truncated JSON is read up to the cut, which is counted', async () => {
    const file = join(await makeTempFolder(), 'input.json');
    await writeFile(file, recording.slice(0, recording.length - 40));
    const result = await casement('inspect', file, '--json');
    expect(result.code).toBe(0);
    const { recordings } = JSON.parse(result.stdout) as { recordings: RecordingFacts[] };
    expect(recordings[0]?.damage).toEqual([{ reason: damageWords.cutOff, count: 1 }]);
    expect(await casement('timeline', file, '--format', 'md')).toMatchObject({ code: 0 });
  });

  it('verify refuses an empty, truncated or changed case file', async () => {
    const folder = await makeTempFolder();
    const original = await readFile(await writeTinyCase(folder));
    const file = join(folder, 'bad.casement');
    const changed = Buffer.from(original);
    const place = changed.indexOf('recordings/r1/000000.json') + 40;
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    const bad: [Buffer, string][] = [
      [Buffer.alloc(0), 'recording-empty'],
      [original.subarray(0, original.length / 2), 'case-unreadable'],
      [changed, 'case-changed'],
    ];
    for (const [bytes, code] of bad) {
      await writeFile(file, bytes);
      const result = await casement('verify', file);
      expect(result.code).toBe(3);
      expect(result.stderr).toContain(`${code}: `);
    }
  });

  it('keeps the old file when an export is refused or fails', async () => {
    const folder = await makeTempFolder();
    const out = join(folder, 'timeline.md');
    await writeFile(out, 'old');
    const bad = join(folder, 'bad.json');
    await writeFile(bad, 'hello there');
    expect((await casement('timeline', bad, '--format', 'md', '--out', out)).code).toBe(3);
    expect(await readFile(out, 'utf8')).toBe('old');
    const gone = await casement('timeline', harbor, '--format', 'md', '--out', join(folder, 'none', 'x.md'));
    expect(gone.code).toBe(5);
    expect(gone.stderr).toContain('folder-missing: ');
  });

  it.skipIf(!canMount)('keeps the old file when the disk is full', async () => {
    const folder = await mountTinyDisk();
    for (const [name, ...command] of [
      ['x.casement', 'pack', harbor],
      ['r.json', 'redact', harbor],
    ] as const) {
      const out = join(folder, name);
      await writeFile(out, 'old');
      const result = await casement(...command, '--out', out);
      expect(result).toMatchObject({ code: 5 });
      expect(result.stderr).toContain('disk-full: The disk is full.');
      expect(await readFile(out, 'utf8')).toBe('old');
    }
    expect(readdirSync(folder).sort()).toEqual(['r.json', 'x.casement']);
  });

  it('the gate refuses a title that contains a private value, and nothing is written', async () => {
    const folder = await makeTempFolder();
    const out = join(folder, 'x.casement');
    const result = await casement('pack', harbor, '--out', out, '--title', 'For priya.raman@harbor-example.com');
    expect(result.code).toBe(6);
    expect(result.stderr).toContain('leak-refused');
    expect(result.stderr).not.toContain('priya');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('the gate checks every file name before the first file is written', async () => {
    const folder = await makeTempFolder();
    const leak = 'priya.raman@harbor-example.com.json';
    const clean = ['redact', harbor, '--out', join(folder, 'x.json')];
    const two = join(await makeTempFolder(), 'two.tar');
    const bytes = await readFile(harbor);
    await writeFile(two, writeTar(['a', 'b'].map((name) => ({ name, bytes }))));
    for (const args of [
      [...clean, '--report', join(folder, leak)],
      ['redact', harbor, '--out', join(folder, leak)],
      ['redact', two, '--out', join(folder, 'two'), '--report', join(folder, leak)],
      ['redact', two, '--out', join(folder, leak)],
    ]) {
      const result = await casement(...args);
      expect(result.code).toBe(6);
      expect(readdirSync(folder)).toEqual([]);
    }
    expect((await casement(...clean, '--report', join(folder, 'report.json'))).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['report.json', 'x.json']);
  });

  it('refuses a title with which the case file couldn’t be opened', async () => {
    const out = join(await makeTempFolder(), 'x.casement');
    expect((await casement('pack', harbor, '--out', out, '--title', 'x'.repeat(301))).code).toBe(2);
    expect((await casement('pack', harbor, '--out', out, '--title', 'x'.repeat(300))).code).toBe(0);
    expect((await casement('verify', out)).code).toBe(0);
  });

  it('lists every timeline format in the usage text', async () => {
    const { code, stdout } = await casement('--help');
    expect(code).toBe(0);
    expect(stdout.split(/\s+/)).toEqual(expect.arrayContaining(commandLineFormats));
  });

  it.each(['inspect', 'timeline', 'redact', 'pack', 'verify', 'pull', 'demo'])(
    '%s --help explains that command',
    async (name) => {
      const { code, stdout, stderr } = await casement(name, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: casement ${name} `));
      expect(stdout).toContain('Exit codes');
      const others = ['inspect', 'redact', 'verify', 'demo'].filter((other) => other !== name);
      for (const other of others) expect(stdout).not.toMatch(new RegExp(`^ *${other} `, 'm'));
    },
  );

  it('reports wrong usage with its own exit code', async () => {
    const missing = join(await makeTempFolder(), 'missing.json');
    const wrong = [
      [],
      ['nonsense'],
      ['inspect'],
      ['timeline', harbor],
      ['timeline', harbor, '--format', 'docx'],
      ['pack', '--out', 'x'],
    ];
    for (const args of [
      ...wrong,
      ['inspect', harbor, '--nonsense'],
      ['inspect', missing],
      ['timeline', harbor, '--format', 'md', '--policy', 'none'],
    ]) {
      const result = await casement(...args);
      expect({ args: args.length, code: result.code }).toEqual({ args: args.length, code: 2 });
      expect(result.stdout).toBe('');
    }
  });
});

describe('the demo on the command line', () => {
  it('pulls a session from the server and writes a verified case file', async () => {
    const out = await makeTempFolder();
    const result = await casement('demo', '--out', out);
    expect(result).toMatchObject({ code: 0 });
    expect(readdirSync(out).sort()).toEqual(['case.casement', 'timeline.html', 'timeline.md']);
    expect(await readFile(join(out, 'timeline.md'), 'utf8')).toContain('POST /api/checkout returned 502');
  });
});
