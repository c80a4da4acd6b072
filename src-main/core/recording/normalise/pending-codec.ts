import type { RecordedEvent } from '../../../contract/recorded-event';
import { frameBytes, openFrame, readFrame, type SortCodec } from './external-sort';
import type { Pending } from './pending';

const headBytes = frameBytes + 1 + 4;
const lostBytes = headBytes + 8 + 4;
const noWindow = 0xffff_ffff;

/** After the frame: kind, window, then the event's text, or the time and reason of a loss. */
export class PendingCodec implements SortCodec<Pending> {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  encode(item: Pending): Uint8Array {
    const window = item.windowId === undefined ? noWindow : this.numberOf(item.windowId);
    if (item.kind === 'lost') {
      const { bytes, view } = open(lostBytes, item.order, 2, window);
      view.setFloat64(headBytes, item.at ?? Number.NaN);
      view.setUint32(headBytes + 8, this.numberOf(item.reason));
      return bytes;
    }
    const json = item.json ?? this.encoder.encode(JSON.stringify(item.event));
    const { bytes } = open(headBytes + json.length, item.order, item.json ? 0 : 1, window);
    bytes.set(json, headBytes);
    return bytes;
  }

  decode(bytes: Uint8Array): Pending {
    const { order, view } = readFrame(bytes);
    const kind = view.getUint8(frameBytes);
    const windowId = this.names[view.getUint32(frameBytes + 1)];
    if (kind === 2) {
      const at = view.getFloat64(headBytes);
      const reason = this.names[view.getUint32(headBytes + 8)] ?? '';
      return { kind: 'lost', windowId, at: Number.isNaN(at) ? undefined : at, reason, order, bytes: 0 };
    }
    const json = bytes.subarray(headBytes);
    const event = JSON.parse(this.decoder.decode(json)) as RecordedEvent;
    const size = json.length;
    return { kind: 'event', windowId: windowId ?? '', event, json: kind === 0 ? json : undefined, order, bytes: size };
  }

  /** Returns a number for a window id or a reason. There are few different ones. */
  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

function open(
  length: number,
  order: number,
  kind: number,
  window: number,
): { bytes: Uint8Array; view: DataView<ArrayBuffer> } {
  const frame = openFrame(length, order);
  frame.view.setUint8(frameBytes, kind);
  frame.view.setUint32(frameBytes + 1, window);
  return frame;
}
