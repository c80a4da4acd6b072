import { join } from 'node:path';
import { emptyReport } from './empty-report';
import type { Note } from '../../src-main/contract/note';
import { buildCaseEntries, type CaseEntry } from '../../src-main/core/casefile/entries';
import { writeCase } from '../../src-main/node/case-archive/write-case';
import { tinyRecording } from './recordings';

export const caseHead = {
  title: 'Payment fails',
  created: '2026-11-23T10:00:00.000Z',
  software: 'Casement test',
  redaction: { policy: 'private-by-default', policyVersion: 1 },
};

export function tinyCaseEntries(notes: Note[] = []): CaseEntry[] {
  const session = {
    title: 'Payment fails',
    format: 'array',
    startedAt: 1_700_000_000_000,
    events: tinyRecording(),
    notes,
    custody: [],
    report: emptyReport,
  };
  return [...buildCaseEntries([session], [])];
}

/** A small, whole, honest case file. */
export async function writeTinyCase(folder: string, notes: Note[] = []): Promise<string> {
  const path = join(folder, 'tiny.casement');
  await writeCase(path, caseHead, tinyCaseEntries(notes), () => undefined);
  return path;
}
