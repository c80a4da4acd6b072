import { damageWords } from '../../../contract/words/recording';
import { EventType, IncrementalSource } from '../events';
import { isRecord, type JsonRecord } from '../json';
import { UnreadablePart, type FieldInflater } from './inflate';
import { depthOf } from './value-scan';

/** The one version of `@rrweb/packer` that was ever released. */
const packerVersion = 'v1';
/** PostHog's marker of an event with compressed fields. */
const fieldCompression = '2024-10';

const compressibleFields: Readonly<Record<number, readonly string[]>> = {
  [IncrementalSource.Mutation]: ['adds', 'removes', 'texts', 'attributes'],
  [IncrementalSource.StyleSheetRule]: ['adds', 'removes'],
};

/** Decompresses the packed parts of single events. Every method throws UnreadablePart if it fails. */
export class EventDecoder {
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private readonly encoder = new TextEncoder();

  constructor(
    private readonly inflater: FieldInflater,
    private readonly depthLimit: number,
  ) {}

  /**
   * Reads an event from a string, and its text's length. The string is its JSON, or `@rrweb/packer`'s zlib stream as latin-1.
   * Amplitude quotes the packed string as JSON a second time.
   */
  unpack(text: string): { event: unknown; bytes: number } {
    let packed = text;
    if (text.startsWith('"')) {
      const unquoted = this.parse(this.encoder.encode(text), damageWords.packedUnreadable);
      if (typeof unquoted === 'string') packed = unquoted;
    }
    if (packed.startsWith('{')) {
      return { event: this.parse(this.encoder.encode(packed), damageWords.packedUnreadable), bytes: packed.length };
    }
    if (packed.charCodeAt(0) !== 0x78) throw new UnreadablePart(damageWords.packedUnreadable);
    const json = this.inflater.inflate(packed, 'packed', damageWords.packedUnreadable);
    const event = this.parse(json, damageWords.packedUnreadable);
    if (!isRecord(event) || event.v !== packerVersion) throw new UnreadablePart(damageWords.packedUnreadable);
    return { event, bytes: json.length };
  }

  /** Returns the data of an event with decompressed fields, and the number of decompressed bytes. */
  decodeData(event: JsonRecord): { data: unknown; bytes: number } {
    const { type, data, cv } = event;
    if (cv === undefined) return { data, bytes: 0 };
    if (type === EventType.FullSnapshot && typeof data === 'string') {
      const { value, bytes } = this.decodeField(data, cv);
      return { data: value, bytes };
    }
    if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return { data, bytes: 0 };
    const fields = compressibleFields[Number(data.source)] ?? [];
    const decoded: Record<string, unknown> = { ...data };
    let total = 0;
    for (const field of fields) {
      const folded = data[field];
      if (typeof folded !== 'string') continue;
      const { value, bytes } = this.decodeField(folded, cv);
      decoded[field] = value;
      total += bytes;
    }
    return { data: decoded, bytes: total };
  }

  private decodeField(field: string, version: unknown): { value: unknown; bytes: number } {
    if (version !== fieldCompression) throw new UnreadablePart(damageWords.fieldUnreadable);
    const json = this.inflater.inflate(field, 'field', damageWords.fieldUnreadable);
    return { value: this.parse(json, damageWords.fieldUnreadable), bytes: json.length };
  }

  private parse(json: Uint8Array, reason: string): unknown {
    // Brackets that nest deeper than this need at least as many bytes.
    if (json.length > this.depthLimit && depthOf(json) > this.depthLimit) throw new UnreadablePart(damageWords.tooDeep);
    try {
      return JSON.parse(this.utf8.decode(json)) as unknown;
    } catch {
      throw new UnreadablePart(reason);
    }
  }
}
