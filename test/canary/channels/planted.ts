import { element, text } from '../../unit/redaction/small-page';

/** The nodes and events that plant a canary in a recording. */
export interface Planted {
  body?: object[];
  head?: object[];
  /** Events in order, without their times. */
  events?: { type: number; data: unknown }[];
  /** Data that a platform writes around the events. */
  envelope?: object;
}

/** Plants a text in a channel. `id` returns a new node id on each call. */
type Plant = (written: string, id: () => number) => Planted;

export interface Channel {
  /** The id in the list of channels, such as `C07`. */
  id: string;
  what: string;
  plant: Plant;
}

export const incremental = (source: number, data: object): { type: number; data: unknown } => ({
  type: 3,
  data: { source, ...data },
});

export const mutation = (parts: {
  texts?: unknown[];
  attributes?: unknown[];
  adds?: unknown[];
  removes?: unknown[];
}): { type: number; data: unknown } => incremental(0, { texts: [], attributes: [], adds: [], removes: [], ...parts });

export const click = (id: number): { type: number; data: unknown } => incremental(2, { type: 2, id, x: 5, y: 5 });

export const plugin = (name: string, payload: object): { type: number; data: unknown } => ({
  type: 6,
  data: { plugin: name, payload },
});

/** Returns an element that contains one text. */
export const holding = (id: () => number, tag: string, written: string, attributes: object = {}): object =>
  element(id(), tag, attributes, [text(id(), written)]);

/** The node id of every page's body. */
export const bodyId = 3;
