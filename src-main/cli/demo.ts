import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { authorize } from '../core/sources/authorize';
import { CasementError } from '../contract/errors';
import { words } from '../contract/words/cli';
import { exportedSessionWords } from '../contract/words/timeline';
import { inputOf } from '../core/recording/parse';
import { requestDemoKey } from '../core/sources/demo-key';
import { createRecordingServerSource, recordingServerAuthorization } from '../core/sources/recording-server';
import { createDemoCa } from '../node/demo-server/demo-ca';
import { startDemoServer } from '../node/demo-server/server';
import { assertUnbroken, openCase } from '../node/case-archive/read-case';
import { onDisk } from '../node/files/disk-errors';
import { readRecordings, type FoundRecording } from '../node/intake/recording-file';
import { createTransport } from '../node/transport/transport';
import { writeCaseFile, writeTimelineFile } from '../node/export/write-export';
import { readArguments, readPolicy } from './arguments';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { withStore } from './with-store';

/** The user of the demo. The payment fails in her newest session. */
const demoUser = 'priya.raman@harbor-example.com';

/** `demo [--out DIR]`: server, key, search, pull, redaction, timelines, case file, verification. */
export async function runDemo(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { out: { type: 'string' } });
  const out = given.options.out ?? 'demo-out';
  await onDisk(() => mkdir(out, { recursive: true }));
  const { recording, pulledAt } = await pullDemoSession(terminal);
  const { events, facts: recordingFacts } = recording;
  terminal.print(words.demoPulled(events.length, Math.round(recordingFacts.durationMs / 1000)));

  const policy = await readPolicy();
  const template = await terminal.readReplayTemplate();
  const input = [
    { title: undefined, events, count: events.length, facts: recordingFacts, clock: undefined, notes: [], custody: [] },
  ];
  await withStore(async (scratch) => {
    const [prepared] = await prepareInput(input, policy, scratch, terminal);
    if (!prepared) throw new CasementError('recording-empty');
    const facts = exportFacts(exportedSessionWords.single, policy, terminal);
    const orderFor = (fileName: string) => ({ path: join(out, fileName), fileName, facts, signal: terminal.signal });
    for (const format of ['md', 'html'] as const) {
      const order = orderFor(`timeline.${format}`);
      const written = await writeTimelineFile({ ...order, format, prepared });
      terminal.print(words.wrote(order.path, written.bytes));
    }
    const order = orderFor('case.casement');
    const origin = {
      action: 'pulled' as const,
      at: pulledAt.toISOString(),
      source: 'demo',
      format: recordingFacts.format,
    };
    const written = await writeCaseFile({ ...order, policy, template, sessions: [{ prepared, origin }] });
    terminal.print(words.wrote(order.path, written.bytes));
  });
  const opened = await openCase(join(out, 'case.casement'));
  try {
    assertUnbroken(await opened.verify());
    terminal.print(words.demoVerified(opened.manifestHash));
  } finally {
    opened.close();
  }
}

async function pullDemoSession(terminal: Terminal): Promise<{ recording: FoundRecording; pulledAt: Date }> {
  const ca = createDemoCa(terminal.now().getTime());
  const setupToken = randomBytes(24).toString('base64url');
  const recordingsDir = join(__dirname, '../../resources/demo');
  const server = await startDemoServer({ ca, recordingsDir, issuedKeyHashes: [], setupToken });
  const target = { origin: `https://localhost:${server.port}`, caPem: ca.certPem, isOffline: () => false };
  terminal.print(words.demoServer(target.origin));
  const setup = createTransport({ ...target, methods: ['POST'], sign: authorize(`Setup ${setupToken}`) });
  let key = '';
  const transport = createTransport({
    ...target,
    sign: (request) => authorize(recordingServerAuthorization(key))(request),
  });
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
