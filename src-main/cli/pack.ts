import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { CaseTitle } from '../contract/case-format';
import { CasementError } from '../contract/errors';
import { words } from '../contract/words/cli';
import { onDisk } from '../node/files/disk-errors';
import { openSigner, type Signer } from '../node/signing/ed25519';
import { writeCaseFile, type CaseOrder } from '../node/write-export';
import { needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { caseReading, withStore } from './with-store';

/** `pack FILE… --out X.casement [--policy P] [--title T] [--sign KEY] [--passphrase-file F]` */
export async function runPack(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    out: { type: 'string' },
    policy: { type: 'string' },
    title: { type: 'string' },
    sign: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  if (given.files.length === 0) throw new CasementError('usage', { reason: words.wantsFiles });
  const out = needOption(given, 'out');
  const policy = await readPolicy(given.options.policy);
  const title = given.options.title ?? 'Recorded session';
  // A longer one would make a case file that no reader opens.
  if (!v.is(CaseTitle, title)) throw new CasementError('usage', { reason: words.longTitle });
  const facts = exportFacts(title, policy, terminal);
  const template = await terminal.readReplayTemplate();
  const signer = await readSigner(given.options.sign);

  await withStore(async (runs) => {
    const reading = await caseReading(given, runs);
    const sessions: CaseOrder['sessions'] = [];
    const parents = new Set<string | undefined>();
    for (const file of given.files) {
      const recordings = await readInput(file, terminal, reading);
      for (const [index, prepared] of (await prepareInput(recordings, policy, runs, terminal)).entries()) {
        const { facts: about, custody: earlier = [], parentCase } = recordings[index] ?? {};
        parents.add(parentCase);
        const how = { action: 'imported' as const, at: facts.generatedAt, source: 'file', format: about?.format ?? '' };
        sessions.push({ prepared, how: { ...how, earlier } });
      }
    }
    const [parentCase] = parents.size === 1 ? parents : [];
    const order = { path: out, fileName: basename(out), facts, policy, sessions, parentCase, signer, template };
    const written = await writeCaseFile({ ...order, passphrase: reading.passphrase, signal: terminal.signal });
    terminal.say(words.wrote(out, written.bytes));
  });
}

/** Errors: sign-key, file-missing, disk-*. */
async function readSigner(path: string | undefined): Promise<Signer | undefined> {
  return path === undefined ? undefined : openSigner(await onDisk(() => readFile(path, 'utf8')));
}
