import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CasementError } from '../contract/errors';
import type { TimelineFormat } from '../contract/export-format';
import { words } from '../contract/words/cli';
import { inputOf } from '../core/recording/parse';
import { requestDemoKey } from '../core/sources/demo-key';
import { createRecordingServerSource, recordingServerAuthorization } from '../core/sources/recording-server';
import { createDemoCa } from '../node/demo-server/demo-ca';
import { startDemoServer } from '../node/demo-server/server';
import { assertUnbroken, readCase } from '../node/case-archive/read-case';
import { onDisk } from '../node/files/disk-errors';
import { readRecordings, type FoundRecording } from '../node/recording-file';
import { createTransport } from '../node/transport/transport';
import { writeExport } from '../node/write-export';
import { readArguments, readPolicy } from './arguments';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';

/** Whose story the demo tells: her newest session is the one in which the payment fails. */
const demoUser = 'priya.raman@harbor-example.com';

/** `demo [--out DIR]`: server, key, search, pull, redaction, timelines, case file, verification. */
export async function runDemo(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { out: { type: 'string' } });
  const out = given.options.out ?? 'demo-out';
  await onDisk(() => mkdir(out, { recursive: true }));
  const { recording, pulledAt } = await pullDemoSession(terminal);
  const { events, facts: recordingFacts } = recording;
  terminal.say(words.demoPulled(events.length, Math.round(recordingFacts.durationMs / 1000)));

  const policy = await readPolicy();
  const [prepared] = await prepareInput(
    [{ title: undefined, events, facts: recordingFacts, notes: [], custody: [] }],
    policy,
    terminal,
  );
  if (!prepared) throw new CasementError('recording-empty');
  const facts = exportFacts('Recorded session', policy, terminal);
  const how = { action: 'pulled' as const, at: pulledAt.toISOString(), source: 'demo', format: recordingFacts.format };
  const targets: { path: string; format: TimelineFormat | 'case' }[] = [
    { path: join(out, 'timeline.md'), format: 'md' },
    { path: join(out, 'timeline.html'), format: 'html' },
    { path: join(out, 'case.casement'), format: 'case' },
  ];
  for (const { path, format } of targets) {
    const order = { path, fileName: basename(path), format, facts, policy, sessions: [{ prepared, how }] };
    const written = await writeExport({ ...order, signal: terminal.signal });
    terminal.say(words.wrote(path, written.bytes));
  }
  const opened = await readCase(join(out, 'case.casement'));
  opened.close();
  assertUnbroken(opened.verification);
  terminal.say(words.demoVerified(opened.verification.manifestHash));
}

async function pullDemoSession(terminal: Terminal): Promise<{ recording: FoundRecording; pulledAt: Date }> {
  const ca = createDemoCa(terminal.now().getTime());
  const setupToken = randomBytes(24).toString('base64url');
  const recordingsDir = join(__dirname, '../../resources/demo');
  const server = await startDemoServer({ ca, recordingsDir, issuedKeyHashes: [], setupToken });
  const target = { origin: `https://localhost:${server.port}`, caPem: ca.certPem, isOffline: () => false };
  terminal.say(words.demoServer(target.origin));
  const setup = createTransport({ ...target, methods: ['POST'], authorization: async () => `Setup ${setupToken}` });
  let key = '';
  const transport = createTransport({ ...target, authorization: async () => recordingServerAuthorization(key) });
  try {
    key = await requestDemoKey(setup.fetch, terminal.signal);
    const source = createRecordingServerSource(transport.fetch);
    const { sessions } = await source.search({ email: demoUser }, undefined, terminal.signal);
    const newest = sessions.reduce<(typeof sessions)[number] | undefined>(
      (best, next) => (best && best.startedAt >= next.startedAt ? best : next),
      undefined,
    );
    if (!newest) throw new CasementError('remote-not-found');
    const parts: Uint8Array[] = [];
    for await (const { bytes } of source.open(newest.remoteId, { signal: terminal.signal }).parts) parts.push(bytes);
    const [recording] = (await readRecordings(inputOf(...parts))).found;
    if (!recording) throw new CasementError('recording-empty');
    return { recording, pulledAt: terminal.now() };
  } finally {
    await setup.close();
    await transport.close();
    await server.close();
  }
}
