import type { DomModel, LiveNode } from '../../recording/model/dom-model';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { hashText } from './hash';
import { childrenOf } from './self-updating';

/** The most added nodes and states of the page that are remembered of a run of clicks. Later ones don't count as answers. */
const nodeLimit = 400;
const stateLimit = 64;
/** How many levels above a changed node are searched for a message. */
const messageLevels = 6;

/** Attributes that show that the page is at work, not what it shows. */
const busyAttribute = /^(disabled|aria-(busy|disabled|describedby|labelledby|controls|owns|activedescendant)|id|for)$/;
/** Parts of names of classes and data attributes that follow the pointer or show that the page is at work. */
const passingName = /load|spin|busy|pending|progress|disabled|focus|hover|press|activated|ripple|animat|transition/i;
/** Messages about an action, such as a rejection, that appear at each attempt. */
const messageRole: ReadonlySet<unknown> = new Set(['alert', 'alertdialog', 'log']);
const messageClass = /(^|[\s_-])(alert|toast|snackbar|notification|error|invalid|warning)|ripple/i;
/** A triple click selects a paragraph. */
const tripleClick = 3;
/** Properties of inline styles that move, resize or hide an element. */
const shownStyles = ['transform', 'left', 'top', 'width', 'height', 'display', 'visibility', 'translate'] as const;
/** Attributes that are part of what an element shows. */
const shownAttributes = ['src', 'href', 'alt', 'aria-label', 'value', 'checked'] as const;

/** Plain JSON, to resume later. */
export interface RunProgressState {
  /** A hash of what has changed since the first click of the run, at each of its clicks. */
  atClicks: number[];
  /** All such hashes so far. */
  states: number[];
  current: number;
  /** Keys of the changed values, each with a hash of the value. */
  values: [what: string, hash: number][];
  /** The nodes that were added since the first click. */
  added: [id: number, node: AddedNode][];
  /** True if a request that one of the clicks started was rejected. */
  hasFailed: boolean;
  /** True if the clicks have selected text. */
  hasSelected: boolean;
}

interface AddedNode {
  /** A hash of its content and its position, or 0 if it doesn't count as an answer. */
  hash: number;
  children: number[];
}

/**
 * Detects whether a control answers each of several quick clicks, as a stepper or a pager does. The page must show something new after
 * each click; an error that disappears and appears again doesn't count.
 */
export class RunProgress {
  private facts: Omit<RunProgressState, 'values' | 'added'> = emptyFacts();
  private values: Map<string, number>;
  private added: Map<number, AddedNode>;

  constructor(saved?: RunProgressState) {
    const { values = [], added = [], ...facts } = saved ?? {};
    this.facts = { ...emptyFacts(), ...facts };
    this.values = new Map(values);
    this.added = new Map(added);
  }

  save(): RunProgressState {
    return { ...this.facts, values: [...this.values], added: [...this.added] };
  }

  start(): void {
    this.facts = emptyFacts();
    this.values = new Map();
    this.added = new Map();
  }

  /** Call with each click of the run, including the first. */
  noteClick(): void {
    this.facts.atClicks.push(this.facts.current);
  }

  /** Notes that a request of the page was rejected. */
  noteFailure(): void {
    this.facts.hasFailed = true;
  }

  noteSelection(): void {
    this.facts.hasSelected = true;
  }

  /** Notes a new value of something other than a node: a scroll offset, the value of a field, the position of a video, the address. */
  noteValue(what: string, value: string): void {
    this.setValue(what, hashText(value, 1));
    this.noteState();
  }

  /** The changes of `selfUpdating` nodes are no answers. The mutation was already applied to the model. */
  noteMutation(
    { adds, removes, texts, attributes }: JsonRecord,
    selfUpdating: ReadonlySet<unknown>,
    model: DomModel,
  ): void {
    const isOther = (id: unknown): boolean => !selfUpdating.has(id);
    for (const remove of listOf(removes)) {
      if (isRecord(remove) && isOther(childrenOf(remove.parentId))) this.remove(remove.id);
    }
    for (const add of listOf(adds)) {
      if (isRecord(add)) this.add(add.node, add.parentId, isOther(childrenOf(add.parentId)), model);
    }
    for (const text of listOf(texts)) {
      if (!isRecord(text) || !isNodeId(text.id) || !isOther(text.id) || isPassing(model.tree.get(text.id))) continue;
      this.setValue(`text ${this.keyOf(text.id)}`, hashText(typeof text.value === 'string' ? text.value : '', 1));
    }
    for (const change of listOf(attributes)) {
      if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) continue;
      if (!isOther(change.id) || isPassing(model.tree.get(change.id))) continue;
      for (const [name, value] of Object.entries(change.attributes)) this.noteAttribute(change.id, name, value);
    }
    this.noteState();
  }

  /**
   * Returns true if the clicks are use of the control, not rage: it answered them, or they selected a paragraph. `rageClicks`: the least
   * number of clicks for rage.
   */
  isUse(rageClicks: number): boolean {
    const { atClicks, states, hasFailed, hasSelected } = this.facts;
    if (hasSelected && atClicks.length <= tripleClick) return true;
    if (hasFailed || atClicks.length < 2) return false;
    const answers = atClicks.slice(1).map((state, index) => state !== atClicks[index]);
    const answered = answers.filter(Boolean).length;
    // The first state is that before any change.
    if (answered === answers.length || states.length - 1 >= atClicks.length) return true;
    // At the end of its range, a stepper or a pager answers no more.
    return answered >= 2 && longestSilence(answers) < rageClicks;
  }

  private noteAttribute(id: number, name: string, value: unknown): void {
    const what = `${name} ${this.keyOf(id)}`;
    if (name === 'style') {
      for (const property of shownStyles) {
        const shown = readStyle(value, property);
        if (shown !== undefined) this.setValue(`${what} ${property}`, hashText(shown, 1));
      }
    } else if (!busyAttribute.test(name) && !(name.startsWith('data-') && passingName.test(name))) {
      const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
      this.setValue(what, hashText(name === 'class' ? lastingClasses(text) : text, 1));
    }
  }

  private add(node: unknown, parentId: unknown, isAnswer: boolean, model: DomModel): void {
    if (!isRecord(node) || !isNodeId(node.id) || !isNodeId(parentId)) return;
    this.drop(node.id);
    if (this.added.size >= nodeLimit) return;
    const parent = this.added.get(parentId);
    const live = model.tree.get(node.id);
    const counts = isAnswer && parent?.hash !== 0 && !(parent ? isPassingItself(live) : isPassing(live));
    const hash = counts ? hashText(contentOf(node), this.keyOf(parentId)) : 0;
    this.added.set(node.id, { hash, children: [] });
    parent?.children.push(node.id);
    this.shift(hash);
    for (const child of listOf(node.childNodes)) this.add(child, node.id, isAnswer, model);
  }

  private remove(id: unknown): void {
    if (!isNodeId(id) || this.drop(id)) return;
    // Beyond the limit, it may be a node that was added since the first click.
    if (this.added.size < nodeLimit) this.setValue(`removed ${id}`, 1);
  }

  /** Forgets an added node and its descendants. Returns false if it isn't one. */
  private drop(id: number): boolean {
    const node = this.added.get(id);
    if (!node) return false;
    this.added.delete(id);
    this.shift(-node.hash);
    for (const child of node.children) this.drop(child);
    return true;
  }

  /** A node that is replaced with an equal one keeps its key. */
  private keyOf(id: number): number {
    return this.added.get(id)?.hash ?? id;
  }

  private setValue(what: string, value: number): void {
    const before = this.values.get(what);
    if (before === value || (before === undefined && this.values.size >= nodeLimit)) return;
    this.values.set(what, value);
    this.shift(hashText(what, value) - (before === undefined ? 0 : hashText(what, before)));
  }

  private shift(difference: number): void {
    this.facts.current = (this.facts.current + difference) >>> 0;
  }

  private noteState(): void {
    const { states, current } = this.facts;
    if (states.length < stateLimit && !states.includes(current)) states.push(current);
  }
}

function emptyFacts(): Omit<RunProgressState, 'values' | 'added'> {
  return { atClicks: [], states: [0], current: 0, hasFailed: false, hasSelected: false };
}

function longestSilence(answers: readonly boolean[]): number {
  let longest = 0;
  let silent = 0;
  for (const isAnswered of answers) {
    silent = isAnswered ? 0 : silent + 1;
    longest = Math.max(longest, silent);
  }
  return longest;
}

function contentOf({ tagName, textContent, attributes }: JsonRecord): string {
  const content = [typeof tagName === 'string' ? tagName : '', typeof textContent === 'string' ? textContent : ''];
  if (!isRecord(attributes)) return content.join(' ');
  if (typeof attributes.class === 'string') content.push(lastingClasses(attributes.class));
  for (const name of shownAttributes) {
    const value = attributes[name];
    if (value !== undefined) content.push(`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  return content.join(' ');
}

/** Returns a property of an inline style: of a complete one, or of recorded changes to single properties. */
function readStyle(style: unknown, property: string): string | undefined {
  if (typeof style === 'string')
    return new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]*)`, 'i').exec(style)?.[1]?.trim() ?? '';
  const value = isRecord(style) ? style[property] : undefined;
  return value === undefined ? undefined : JSON.stringify(value);
}

function lastingClasses(value: string): string {
  return value
    .split(/\s+/)
    .filter((name) => !passingName.test(name))
    .join(' ');
}

/** Returns true for a node in a message about an action, or in an effect of the pointer. */
function isPassing(node: LiveNode | undefined): boolean {
  let next = node;
  for (let level = 0; next && next.tag !== 'body' && level < messageLevels; level++, next = next.parent) {
    if (isPassingItself(next)) return true;
  }
  return false;
}

function isPassingItself(node: LiveNode | undefined): boolean {
  if (!node?.tag) return false;
  const classes = node.attribute('class');
  if (typeof classes === 'string' && messageClass.test(classes)) return true;
  return messageRole.has(node.attribute('role')) || node.attribute('aria-live') === 'assertive';
}
