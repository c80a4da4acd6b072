import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReplayTemplate, type ReplayTemplate } from '../../core/export/replay-template';

/** `programs`: the folder of the built Node programs. The page is in a folder next to it. */
export async function loadReplayTemplate(programs: string): Promise<ReplayTemplate> {
  return readReplayTemplate(await readFile(join(programs, '../portable/replay.html'), 'utf8'));
}
