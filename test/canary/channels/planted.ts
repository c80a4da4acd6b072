import { element, text } from '../../unit/redaction/small-page';

/** What a canary needs in a recording: nodes of the page, and events after it. */
export interface Planted {
  body?: object[];
  head?: object[];
  /** Without their time; in their order. */
  events?: { type: number; data: unknown }[];
  /** What a platform writes around the events. */
  envelope?: object;
}

/** How a text is put into a channel. `id` yields a number for a node that no other has. */
type Plant = (written: string, id: () => number) => Planted;

export interface Channel {
  /** As in the list of channels. */
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

/** An element with one text in it. */
export const holding = (id: () => number, tag: string, written: string, attributes: object = {}): object =>
  element(id(), tag, attributes, [text(id(), written)]);

/** The body of every page. */
export const bodyId = 3;
