import { NodeType } from '../../recording/events';
import type { DomModel } from '../../recording/model/dom-model';
import { NodeFlag, type LiveNode } from '../../recording/model/model-node';
import { hashNumber, hashText } from './hash';

/**
 * The relation of a full snapshot to the page before it:
 * `same`: the same nodes with the same ids and texts, so a recorder that ran all the time took it.
 * `reset`: ids are assigned a second time, or changes since the page was loaded are undone, so the page was loaded again.
 * `restarted`: all ids are new, so the recorder was started again on a page that may be the same.
 * `changed`: the page has changed without a recorded change, or there was no page before.
 */
type SnapshotRelation = 'same' | 'reset' | 'restarted' | 'changed';

/** Plain JSON, to resume later. */
export interface SnapshotState {
  /** A hash of the texts of the page as it was loaded. */
  firstTexts?: number | undefined;
  /** A hash of its nodes. */
  firstNodes?: number | undefined;
  /** True if changes since the last snapshot may be missing. */
  isUncertain?: boolean | undefined;
}

/** Parents whose texts the recorder writes differently in snapshots and in changes. */
const unstableTexts: ReadonlySet<string> = new Set(['style', 'script', 'noscript', 'textarea']);

/**
 * Compares each full snapshot with the page before it. rrweb numbers the nodes of a document once: snapshots that it takes by the clock
 * have the ids of the page, and a document that is loaded again is numbered from the start.
 */
export class SnapshotTrack {
  private before: LiveNode | undefined;

  constructor(private readonly state: SnapshotState = {}) {}

  save(): SnapshotState {
    return this.state;
  }

  /** Takes the rebuilt page of a resumed window. */
  reopen(model: DomModel): void {
    this.before = model.root;
  }

  /** Notes that parts of the recording are missing, or that the recorder was paused. */
  noteLoss(): void {
    this.state.isUncertain = true;
  }

  /** Takes a full snapshot, already applied to the model. `isUncertain`: changes before it may be missing. */
  add(model: DomModel): { relation: SnapshotRelation; isUncertain: boolean } {
    const { before, state } = this;
    const after = model.root;
    this.before = after;
    const isUncertain = state.isUncertain === true;
    state.isUncertain = undefined;
    if (!after) return { relation: 'changed', isUncertain };
    const numbering = readNumbering(after);
    const relation = before ? this.compare(before, after, model, numbering, isUncertain) : 'changed';
    if (relation !== 'same') {
      state.firstTexts = numbering.texts;
      state.firstNodes = numbering.nodes;
    }
    return { relation, isUncertain };
  }

  private compare(
    before: LiveNode,
    after: LiveNode,
    model: DomModel,
    { count, texts, nodes, isFresh }: Numbering,
    isUncertain: boolean,
  ): SnapshotRelation {
    if (after.id !== before.id) return after.id > before.id ? 'restarted' : 'reset';
    let known = 0;
    let shared = 0;
    let isMissing = false;
    let isChanged = false;
    for (const node of walk(before)) {
      known++;
      const other = model.get(node.id);
      if (!other) {
        isMissing ||= !isBlockedIn(model, node);
        continue;
      }
      if (other.type !== node.type || other.tag !== node.tag) return 'reset';
      shared++;
      isChanged ||= hasStableText(node) && other.text !== node.text;
    }
    if (!isMissing && !isChanged) return known === count ? 'same' : 'changed';
    if (shared <= 1) return 'restarted';
    if (isUncertain) return 'changed';
    const { firstTexts, firstNodes } = this.state;
    return (isMissing && (isFresh || nodes === firstNodes)) || texts === firstTexts ? 'reset' : 'changed';
  }
}

interface Numbering {
  count: number;
  texts: number;
  nodes: number;
  /** True if the ids ascend in document order, as they do before the first change of a page. */
  isFresh: boolean;
}

function readNumbering(root: LiveNode): Numbering {
  let count = 0;
  let texts = 0;
  let nodes = 0;
  let isFresh = true;
  let last = 0;
  for (const node of walk(root)) {
    count++;
    nodes = hashNumber(node.id, nodes);
    if (node.tag !== '') nodes = hashNumber(node.tag.charCodeAt(0) + node.tag.length * 128, nodes);
    isFresh &&= node.id > last;
    last = node.id;
    if (hasStableText(node)) texts = hashText(node.text, hashNumber(node.id, texts));
  }
  return { count, texts, nodes, isFresh };
}

/** Yields the nodes of a page in document order. The content of frames is left out, because recorders add it later. */
function* walk(root: LiveNode): Generator<LiveNode> {
  let node: LiveNode | undefined = root;
  while (node) {
    yield node;
    let next: LiveNode | undefined = node.tag === 'iframe' ? undefined : node.first;
    for (let up: LiveNode | undefined = node; !next && up && up !== root; up = up.parent) next = up.next;
    node = next;
  }
}

/** Returns true if the snapshot leaves a node out because an element around it is private now. */
function isBlockedIn(model: DomModel, node: LiveNode): boolean {
  for (let up = node.parent; up; up = up.parent) {
    const around = model.tree.get(up.id);
    if (around) return (around.flags & NodeFlag.blocked) !== 0;
  }
  return false;
}

function hasStableText({ type, parent }: LiveNode): boolean {
  return type === NodeType.Text && parent !== undefined && !unstableTexts.has(parent.tag);
}
