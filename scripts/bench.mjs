import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { runCommand } from './bootstrap/plain-error.mjs';

// Measures every figure that the project promises, each next to its peer from the same run. Prints a table, or with --json one value.
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      recording: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean' },
      labelled: { type: 'string' },
      seeded: { type: 'boolean' },
    },
  });
  await bootstrap({ for: 'bench' });
  // Imported here because the packages are installed by an earlier step.
  const { runParts } = await import('../bench/run.mjs');
  if (values.labelled !== undefined) {
    const { loadMeasure } = await import('../bench/detect/detect.mjs');
    const { scores, table: rows } = (await loadMeasure()).scoreFile(values.labelled, values.seeded);
    process.stdout.write(`${values.json ? JSON.stringify(scores, null, 2) : rows}\n`);
    return 0;
  }
  const { table } = await import('../bench/figures.mjs');
  const { describeMachine } = await import('../bench/machine.mjs');

  const before = describeMachine();
  const started = new Date();
  const figures = await runParts({
    ...(values.only !== undefined && { only: values.only.split(',') }),
    ...(values.recording !== undefined && { recording: values.recording }),
    isQuick: values.quick === true,
  });
  const seconds = Math.round((Date.now() - started.getTime()) / 1000);
  const machine = { ...before, loadAfter: describeMachine().load };
  const missed = figures.filter(({ isKept }) => isKept === false).map(({ name }) => name);
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ startedAt: started.toISOString(), seconds, machine, figures, missed }, null, 2)}\n`,
    );
  else {
    const facts = Object.entries(machine).map(
      ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') : value}`,
    );
    process.stdout.write(`${facts.join('\n')}\n\n${table(figures)}\n`);
  }
  return missed.length > 0 ? 1 : 0;
});
