import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import type { RecordingInput } from '../core/recording/parse';
import type { RecordingPart } from '../core/sources/source';
import { onDisk } from '../node/files/disk-errors';

/** The number of bytes that may arrive after the last saved position within a document. A killed process loses no more. */
const savedEveryBytes = 1_000_000;
const readBytes = 1 << 19;
/** White space, brackets and commas. */
const emptyListBytes: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n[],'));

const PartState = v.strictObject({
  version: v.literal(1),
  /** Identifies the session and its source. It reveals neither. */
  target: v.string(),
  /** The number of bytes before this position. */
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The source's opaque resume token. */
  resume: v.string(),
  /** The offsets at which documents end. */
  documents: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});
type PartState = v.InferOutput<typeof PartState>;

/**
 * The bytes of an unfinished download as they arrived: `<name>.part`, and in `<name>.part.json` the position from which the source can
 * resume. Neither file is readable by other users.
 */
export class PartFile {
  private bytes = 0;
  private documents: number[] = [];
  private savedAt = 0;

  private constructor(
    private readonly path: string,
    private readonly target: string,
    private readonly file: FileHandle,
    private state: PartState | undefined,
  ) {}

  /**
   * Opens the unfinished download of this target, or a new one. A file of another target, or one that is shorter than its state says,
   * is started again. Throws disk-*.
   */
  static async open(path: string, target: string): Promise<PartFile> {
    const state = await readState(statePath(path));
    return onDisk(async () => {
      const file = await open(path, 'a+', 0o600);
      const { size } = await file.stat();
      const isUsable = state?.target === target && state.at <= size;
      return new PartFile(path, target, file, isUsable ? state : undefined);
    });
  }

  /** The position to resume from, if there is one. */
  get point(): Pick<PartState, 'at' | 'resume'> | undefined {
    return this.state;
  }

  /** Drops everything after the position to resume from, or everything. Call it before the first `add` of a request. */
  async rewind(to: 'point' | 'start'): Promise<void> {
    if (to === 'start') await this.forgetPoint();
    const { at = 0, documents = [] } = this.state ?? {};
    await onDisk(() => this.file.truncate(at));
    this.bytes = at;
    this.savedAt = at;
    this.documents = [...documents];
  }

  /** Prepares reading what has arrived if no more can. Bytes of an earlier run count up to the position to resume from. */
  async endEarly(): Promise<void> {
    if (this.bytes === 0) await this.rewind('point');
  }

  /** Adds the bytes and the position of a part. Throws disk-*. */
  async add({ bytes, isDocumentEnd, resume, continuation }: RecordingPart): Promise<void> {
    await onDisk(() => this.file.appendFile(bytes));
    this.bytes += bytes.length;
    if (isDocumentEnd && this.documents.at(-1) !== this.bytes) this.documents.push(this.bytes);
    const token = resume ?? continuation;
    // A source may name the same position again later; the bytes that it resumes with begin where it was named first.
    if (token === undefined || token === this.state?.resume || this.bytes === 0) return;
    const { target, documents } = this;
    this.state = { version: 1, target, at: this.bytes, resume: token, documents: [...documents] };
    if (resume !== undefined || this.bytes - this.savedAt >= savedEveryBytes) await this.save();
  }

  /** Returns the documents for `plainDocuments`. Throws remote-changed if another process wrote to the file, too. */
  async documentInputs(): Promise<RecordingInput[]> {
    const { size } = await onDisk(() => this.file.stat());
    if (size !== this.bytes) throw new CasementError('remote-changed');
    const ends = this.documents.at(-1) === size ? this.documents : [...this.documents, size];
    return ends.map((end, index) => ({ open: () => this.read(ends[index - 1] ?? 0, end) }));
  }

  /** Returns whether anything but empty lists has arrived, in this run or an earlier one. */
  async hasContent(): Promise<boolean> {
    const size = await onDisk(async () => (await this.file.stat()).size);
    const length = this.bytes > 0 ? size : Math.min(size, this.state?.at ?? 0);
    for await (const bytes of this.read(0, length)) if (bytes.some((byte) => !emptyListBytes.has(byte))) return true;
    return false;
  }

  private async *read(from: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < end;) {
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, end - at));
      const { bytesRead } = await onDisk(() => this.file.read(buffer, 0, buffer.length, at));
      if (bytesRead === 0) throw new CasementError('remote-changed');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /**
   * Closes the file. Keeps it if the download can be resumed and there is something to keep, and deletes it otherwise. Returns whether it
   * was kept.
   */
  async close(): Promise<boolean> {
    if (this.state && (await this.hasContent())) await this.save().finally(() => this.file.close());
    else await this.discard();
    return this.state !== undefined;
  }

  /** Closes and deletes the file. */
  async discard(): Promise<void> {
    await onDisk(async () => {
      await this.file.close();
      await rm(this.path, { force: true });
    });
    await this.forgetPoint();
  }

  private async forgetPoint(): Promise<void> {
    this.state = undefined;
    await onDisk(() => rm(statePath(this.path), { force: true }));
  }

  private async save(): Promise<void> {
    const { state } = this;
    if (!state) return;
    const path = statePath(this.path);
    await onDisk(async () => {
      await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
      await rename(`${path}.new`, path);
    });
    this.savedAt = state.at;
  }
}

const statePath = (path: string): string => `${path}.json`;

async function readState(path: string): Promise<PartState | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), PartState), text);
  return parsed.success ? parsed.output : undefined;
}
