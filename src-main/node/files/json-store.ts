import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { hasCode } from '../../contract/errors';
import { writeFileAtomically } from './atomic-write';
import { onDisk } from './disk-errors';

/**
 * Opens a small JSON file with a schema. A missing file has the value `initial`; a damaged one is renamed, not
 * overwritten. Throws disk-*.
 */
export function openJsonStore<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  initial: v.InferOutput<Schema>,
): { read(): Promise<v.InferOutput<Schema>>; write(value: v.InferOutput<Schema>): Promise<void> } {
  return {
    read: async () => {
      const text = await onDisk(() => readFile(path, 'utf8')).catch((error: unknown) => {
        if (hasCode(error, 'file-missing')) return undefined;
        throw error;
      });
      if (text === undefined) return initial;
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
      if (parsed.success) return parsed.output;
      await onDisk(() => rename(path, `${path}.damaged`));
      return initial;
    },
    write: async (value) => {
      await onDisk(() => mkdir(dirname(path), { recursive: true, mode: 0o700 }));
      await writeFileAtomically(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
    },
  };
}
