import { damageWords } from '../../../contract/words/recording';
import { EventType, IncrementalSource } from '../events';
import { isRecord, type JsonRecord } from '../json';
import { UnreadablePart, type Inflater } from './inflate';
import { scanJson } from './scan';

/** The one version of `@rrweb/packer` that was ever released. */
const packerVersion = 'v1';
/** PostHog's mark on an event with compressed fields. */
const fieldCompression = '2024-10';

const compressibleFields: Readonly<Record<number, readonly string[]>> = {
  [IncrementalSource.Mutation]: ['adds', 'removes', 'texts', 'attributes'],
  [IncrementalSource.StyleSheetRule]: ['adds', 'removes'],
};

/** Unfolds what recorders and platforms fold into single events. Every method throws UnreadablePart where it can't. */
export class EventDecoder {
  constructor(
    private readonly inflater: Inflater,
    private readonly depthLimit: number,
  ) {}

  /**
   * An event that came as a string: its JSON, or `@rrweb/packer`'s zlib stream written as latin-1. Amplitude quotes the packed
   * string as JSON a second time.
   */
  unpack(text: string): unknown {
    let packed = text;
    if (text.startsWith('"')) {
      const unquoted = this.parse(text, damageWords.packedUnreadable);
      if (typeof unquoted === 'string') packed = unquoted;
    }
    if (packed.startsWith('{')) return this.parse(packed, damageWords.packedUnreadable);
    if (packed.charCodeAt(0) !== 0x78) throw new UnreadablePart(damageWords.packedUnreadable);
    const json = this.inflater.inflateField(packed, 'inflate', damageWords.packedUnreadable);
    const event = this.parse(json, damageWords.packedUnreadable);
    if (!isRecord(event) || event.v !== packerVersion) throw new UnreadablePart(damageWords.packedUnreadable);
    return event;
  }

  /** The data of an event, its compressed fields unfolded. */
  decodeData(event: JsonRecord): unknown {
    const { type, data, cv } = event;
    if (cv === undefined) return data;
    if (type === EventType.FullSnapshot && typeof data === 'string') return this.decodeField(data, cv);
    if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return data;
    const fields = compressibleFields[Number(data.source)] ?? [];
    const decoded: Record<string, unknown> = { ...data };
    for (const field of fields) {
      const value = data[field];
      if (typeof value === 'string') decoded[field] = this.decodeField(value, cv);
    }
    return decoded;
  }

  private decodeField(field: string, version: unknown): unknown {
    if (field.startsWith('\x28\xb5\x2f\xfd')) throw new UnreadablePart(damageWords.zstd);
    if (version !== fieldCompression || !field.startsWith('\x1f\x8b')) {
      throw new UnreadablePart(damageWords.fieldUnreadable);
    }
    const json = this.inflater.inflateField(field, 'gunzip', damageWords.fieldUnreadable);
    return this.parse(json, damageWords.fieldUnreadable);
  }

  private parse(json: string, reason: string): unknown {
    if (scanJson(json).depth > this.depthLimit) throw new UnreadablePart(damageWords.tooDeep);
    try {
      return JSON.parse(json) as unknown;
    } catch {
      throw new UnreadablePart(reason);
    }
  }
}
