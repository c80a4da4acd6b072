import type { PropertyChanges } from './property-changes';
import type { RuleList } from './rule-list';

/** A scroll offset, CSS pixels. */
export interface ScrollOffset {
  x: number;
  y: number;
}

/** State of an audio or video element at the last event that recorded it. */
export interface MediaState {
  readonly isPlaying: boolean;
  /** Seconds, at `atMs`. */
  readonly currentTime: number;
  /** The recorder's clock. */
  readonly atMs: number;
  readonly playbackRate: number;
  readonly volume: number;
  readonly isMuted: boolean;
  readonly isLooped: boolean;
  /** An interaction was recorded, and not only the element itself. */
  readonly isTouched: boolean;
}

/** A style property as recorded: its value, or its value and priority. */
export type InlineValue = string | readonly unknown[];

/** State that few nodes have, created when a node first needs it. Generic so that this module doesn't import the node's. */
export class NodeState<Node> {
  value: string | undefined = undefined;
  isChecked: boolean | undefined = undefined;
  /** The selected option of a `<select>` whose selection has changed. */
  selected: Node | undefined = undefined;
  scroll: ScrollOffset | undefined = undefined;
  media: MediaState | undefined = undefined;
  /** Changes to single properties since the `style` attribute was last set. */
  style: PropertyChanges<InlineValue> | undefined = undefined;
  /** Changes to single rules since the sheet's text was last set. */
  rules: RuleList | undefined = undefined;
  /** Constructed sheets in the order in which a document or a shadow root adopted them. */
  adopted: readonly number[] | undefined = undefined;
  /** Attributes set by a mutation whose names mean something else in a snapshot; null if removed since. */
  late: Map<string, string | null> | undefined = undefined;
  /** The last complete image of a canvas, a data: URL. */
  image: string | undefined = undefined;
}

/** Returns the state of a node. Creates it if the node has none. */
export function stateOf<Node>(node: { state: NodeState<Node> | undefined }): NodeState<Node> {
  return (node.state ??= new NodeState());
}
