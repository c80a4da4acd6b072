import { deflateSync } from 'node:zlib';
import { element, startedAt } from '../unit/redaction/small-page';
import type { Canary } from './canary';
import { channels } from './channels';
import { bodyId } from './channels/planted';
import { digestsOf, encodingNames, encodings } from './encodings';
import { makeValue, typeNames } from './value-types';

/** Creates a canary. Returns undefined if the encoding can't represent the value. */
export function makeCanary(channel: number, encoding: number, type: number): Canary | undefined {
  const names = {
    channel: channels[channel]?.id ?? '',
    encoding: encodingNames[encoding] ?? '',
    type: typeNames[type] ?? '',
  };
  const { value, needles } = makeValue(names.type, channel * encodingNames.length + encoding);
  const written = encodings[names.encoding]?.(value);
  if (written === undefined) return undefined;
  return { ...names, value, written, needles: names.channel === 'C41' ? digestsOf(written) : needles };
}

/** Returns an id for a tab. Platforms can use any text as its id. */
function nameOfWindow(around: object): string {
  return String(Object.values(around)[0]);
}

/** The number of canaries in one page. */
const onePage = 250;
const millisecondsApart = 7;

/** Returns a recording in the format of a platform, with all these canaries in it. */
export function writeRecording(canaries: readonly Canary[]): Buffer {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  let lastId = 10;
  let time = startedAt;
  const id = (): number => ++lastId;
  const envelope: unknown[] = [];
  const items: unknown[] = [];
  const write = (type: number, data: unknown, more: object = {}): void => {
    time += millisecondsApart;
    items.push({ type, data, timestamp: time, ...more });
  };
  for (let from = 0; from < canaries.length; from += onePage) {
    const planted = canaries
      .slice(from, from + onePage)
      .flatMap(({ channel, written }) => byId.get(channel)?.plant(written, id) ?? []);
    const head = planted.flatMap((one) => one.head ?? []);
    const body = planted.flatMap((one) => one.body ?? []);
    const page = element(2, 'html', {}, [element(4, 'head', {}, head), element(bodyId, 'body', {}, body)]);
    write(4, { href: 'https://shop.test/order', width: 800, height: 600 });
    write(2, { node: { type: 0, id: 1, childNodes: [page] }, initialOffset: { top: 0, left: 0 } });
    for (const { events = [], envelope: around } of planted) {
      if (around !== undefined) {
        envelope.push(around);
        write(
          4,
          { href: 'https://shop.test/order', width: 800, height: 600 },
          { ...around, windowId: nameOfWindow(around) },
        );
      }
      for (const { type, data, ...more } of events) {
        if (type >= 0) write(type, data, more);
        else {
          time += millisecondsApart;
          items.push(deflateSync(JSON.stringify({ ...(data as object), timestamp: time, v: 'v1' })).toString('latin1'));
        }
      }
    }
  }
  return Buffer.from(JSON.stringify({ people: envelope, events: items }));
}
