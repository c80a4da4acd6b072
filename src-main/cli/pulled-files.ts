import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { Completeness } from '../contract/completeness';
import { onDisk } from '../node/files/disk-errors';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Entry = v.object({
  /** Identifies the session and its source. It reveals neither. */
  target: v.string(),
  /** Relative to the folder. */
  file: v.string(),
  bytes: Count,
  sha256: v.string(),
  events: Count,
  completeness: v.array(Completeness),
  /** The recording is complete and can't grow any more. */
  isFinal: v.boolean(),
});
type Entry = v.InferOutput<typeof Entry>;

/** Not among the files of `*.json`, and appended to, so that two commands can write to the same folder. */
const listName = '.casement-pulled';

/** The files that `pull` has written to a folder, one per line in a hidden file. Files that were changed or removed since don't count. */
export class PulledFiles {
  private constructor(
    private readonly folder: string,
    private readonly entries: Entry[],
  ) {}

  static async open(folder: string): Promise<PulledFiles> {
    const text = await readFile(join(folder, listName), 'utf8').catch(() => '');
    const entries = text.split('\n').flatMap((line) => {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Entry), line);
      return parsed.success && basename(parsed.output.file) === parsed.output.file ? [parsed.output] : [];
    });
    return new PulledFiles(folder, entries);
  }

  /** Returns the complete recording of a target, if it is still there and can't have grown. */
  async findFinal(target: string): Promise<Entry | undefined> {
    return this.findPresent((entry) => entry.target === target && entry.isFinal);
  }

  /** Deletes a new file if an earlier one of the same target has the same bytes. Returns the one that is left. Throws disk-*. */
  async mergeEqual<T extends Pick<Entry, 'file' | 'bytes' | 'sha256'>>(target: string, saved: T): Promise<T> {
    const equal = await this.findPresent((entry) => entry.target === target && entry.sha256 === saved.sha256);
    if (!equal || equal.file === saved.file) return saved;
    await onDisk(() => rm(saved.file, { force: true }));
    return { ...saved, file: equal.file };
  }

  /** Adds a file of the folder. Throws disk-*. */
  async add(entry: Entry): Promise<void> {
    const added = { ...entry, file: basename(entry.file) };
    this.entries.push(added);
    await onDisk(() => appendFile(join(this.folder, listName), `${JSON.stringify(added)}\n`, { mode: 0o600 }));
  }

  /** Returns the newest matching entry whose file is there, with its path. */
  private async findPresent(isWanted: (entry: Entry) => boolean): Promise<Entry | undefined> {
    for (const entry of this.entries.filter(isWanted).reverse()) {
      const path = join(this.folder, entry.file);
      const size = await stat(path).then(
        (found) => (found.isFile() ? found.size : undefined),
        () => undefined,
      );
      if (size === entry.bytes) return { ...entry, file: path };
    }
    return undefined;
  }
}
