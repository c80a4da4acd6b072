import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { runCommand } from './bootstrap/plain-error.mjs';

// Records real applications, exports each recording under each policy in each format, and compares the exports with the recordings.
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      policies: { type: 'string' },
      'record-only': { type: 'boolean' },
      fresh: { type: 'boolean' },
      pdf: { type: 'boolean' },
      values: { type: 'boolean' },
    },
  });
  await bootstrap({ for: 'bench' });
  // Imported here because the packages are installed by an earlier step.
  const { runnerImport } = await import('vite');
  const loaded = /** @type {{ module: typeof import('../test/corpus/run') }} */ (
    await runnerImport(join(cloneDir, 'test', 'corpus', 'run.ts'))
  );
  const isGood = await loaded.module.runCorpus({
    ...(values.only !== undefined && { only: values.only.split(',') }),
    ...(values.policies !== undefined && { policies: values.policies.split(',') }),
    isRecordOnly: values['record-only'] === true,
    isFresh: values.fresh === true,
    hasPdf: values.pdf === true,
    showsValues: values.values === true,
  });
  return isGood ? 0 : 1;
});
