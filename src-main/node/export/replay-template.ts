import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReplayTemplate, type ReplayTemplate } from '../../core/export/replay-template';

/** `programs`: the built folder of Node's side; the page lies beside it. */
export async function loadReplayTemplate(programs: string): Promise<ReplayTemplate> {
  return readReplayTemplate(await readFile(join(programs, '../portable/replay.html'), 'utf8'));
}
