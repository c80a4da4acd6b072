import { words } from '../contract/words/cli';
import { assertUnbroken, readCase } from '../node/case-archive/read-case';
import { readCaseSessions } from '../node/case-archive/case-sessions';
import { fileInput } from '../node/recording-file';
import { needOneFile, readArguments } from './arguments';
import type { Terminal } from './terminal';

/** `verify X.casement [--json]`. Errors: case-changed for a broken one, after its verdict was printed. */
export async function runVerify(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { json: { type: 'boolean' } });
  const path = needOneFile(given);
  // Says what an empty or missing file is before the archive reader calls it damaged.
  await fileInput(path);
  const opened = await readCase(path);
  try {
    const { verification } = opened;
    const broken = verification.entries.filter((entry) => !entry.isMatching).map((entry) => entry.path);
    if (given.flags.has('json')) terminal.write(`${JSON.stringify(verification, null, 2)}\n`);
    else {
      for (const { path: entry, hash, isMatching } of verification.entries) {
        terminal.write(`${isMatching ? 'ok    ' : 'BROKEN'} ${hash} ${entry}\n`);
      }
      terminal.write(`${broken.length === 0 ? words.verified : words.broken(broken)}\n`);
    }
    assertUnbroken(verification);
    await readCaseSessions(opened);
  } finally {
    opened.close();
  }
}
