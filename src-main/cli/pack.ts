import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { CaseTitle } from '../contract/case-format';
import type { Policy } from '../contract/policy';
import { CasementError } from '../contract/errors';
import { words } from '../contract/words/cli';
import { exportedSessionWords } from '../contract/words/timeline';
import { redactCaseTexts } from '../core/export/case-texts';
import type { Pseudonyms } from '../core/redaction/private-values/pseudonyms';
import { onDisk } from '../node/files/disk-errors';
import type { CaseContent } from '../node/case-archive/case-content';
import { createCasePseudonyms } from '../node/export/case-pseudonyms';
import { openSigner, type Signer } from '../node/signing/ed25519';
import { writeCaseFile, type CaseOrder } from '../node/export/write-export';
import { needFiles, needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { caseReading, printRepaired, withRepairedStore } from './with-store';

/** `pack FILE… --out X.casement [--policy P] [--title T] [--sign KEY] [--passphrase-file F]` */
export async function runPack(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    out: { type: 'string' },
    policy: { type: 'string' },
    title: { type: 'string' },
    sign: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  const files = needFiles(given);
  const out = needOption(given, 'out');
  const policy = await readPolicy(given.options.policy);
  const title = given.options.title ?? exportedSessionWords.single;
  // A longer title would make the case file invalid.
  if (!v.is(CaseTitle, title)) throw new CasementError('usage', { reason: words.longTitle });
  const facts = exportFacts(title, policy, terminal);
  const template = await terminal.readReplayTemplate();
  const signer = await readSigner(given.options.sign);

  await withRepairedStore(async (scratch, repairs) => {
    const reading = await caseReading(given, scratch);
    const sessions: CaseOrder['sessions'] = [];
    const parents = new Set<string | undefined>();
    const contents: CaseContent[] = [];
    const pseudonyms = createCasePseudonyms();
    for (const file of files) {
      const recordings = await readInput(file, terminal, reading);
      const isCompleteCase = recordings[0]?.content !== undefined;
      for (const [index, prepared] of (
        await prepareInput(recordings, policy, scratch, terminal, { pseudonyms, repairs })
      ).entries()) {
        const { facts: about, custody: earlier = [], parentCase, content, title: own } = recordings[index] ?? {};
        parents.add(parentCase);
        if (content) contents.push(content);
        const origin = {
          action: 'imported' as const,
          at: facts.generatedAt,
          source: 'file',
          format: about?.format ?? '',
        };
        const titled = isCompleteCase && own !== undefined ? { title: own } : {};
        sessions.push({ prepared, origin: { ...origin, earlier, ...titled } });
      }
    }
    const [parentCase] = parents.size === 1 ? parents : [];
    // Several cases have no common description.
    const [content] = files.length === 1 ? contents : [];
    const written = await writeCaseFile({
      ...(content && redactCase(content, policy, sessions, pseudonyms)),
      path: out,
      fileName: basename(out),
      facts: { ...facts, title: given.options.title ?? content?.title ?? facts.title },
      policy,
      sessions,
      parentCase,
      signer,
      template,
      passphrase: reading.passphrase,
      signal: terminal.signal,
      finds: repairs,
    });
    terminal.print(words.wrote(out, written.bytes));
    printRepaired(
      sessions.map(({ prepared }) => prepared),
      terminal,
    );
  });
}

/** Throws sign-key, file-missing, disk-*. */
async function readSigner(path: string | undefined): Promise<Signer | undefined> {
  return path === undefined ? undefined : openSigner(await onDisk(() => readFile(path, 'utf8')));
}

/** Redacts the contents of a complete case besides its sessions. */
function redactCase(
  { about, attachments }: CaseContent,
  policy: Policy,
  sessions: CaseOrder['sessions'],
  pseudonyms: Pseudonyms,
): Pick<CaseOrder, 'about' | 'attachments'> {
  const known = sessions.map(({ prepared }) => prepared.entities);
  const { texts } = redactCaseTexts({ description: about.description, attachments }, policy, known, pseudonyms);
  return { about: { ...about, description: texts.description }, attachments: texts.attachments };
}
