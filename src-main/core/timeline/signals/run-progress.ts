import type { DomModel } from '../../recording/model/dom-model';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { hashNumber, hashText } from './hash';
import { findNotices, noticesOf, type Notices } from './notices';
import { childrenOf } from './self-updating';

/** The most added nodes and states of the page that are remembered of a run of clicks. Later ones don't count as answers. */
const nodeLimit = 400;
const stateLimit = 64;
/** The most changes after the first click of a run that are kept until a second click. */
const keptLimit = 64;
/** Mutations with more nodes, texts or attributes are read at once. */
const smallLimit = 100;

/** Attributes that show that the page is at work, not what it shows. */
const busyAttribute = /^(disabled|aria-(busy|disabled|describedby|labelledby|controls|owns|activedescendant)|id|for)$/;
/** Parts of names of classes and data attributes that follow the pointer or show that the page is at work. */
const passingName = /load|spin|busy|pending|progress|disabled|focus|hover|press|activated|ripple|animat|transition/i;
/** A triple click selects a paragraph. */
const tripleClick = 3;
/** Properties of inline styles that move, resize or hide an element, and how to find them in the text of a complete style. */
const shownStyles = ['transform', 'left', 'top', 'width', 'height', 'display', 'visibility', 'translate'].map(
  (property) => ({ property, inText: new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]*)`, 'i') }),
);
/** Attributes that are part of what an element shows. */
const shownAttributes = ['src', 'href', 'alt', 'aria-label', 'value', 'checked'] as const;

const blank = 0x20;

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
  /** Changes after the first click. Most runs have no second click, and then they don't matter. */
  private kept: (() => void)[] = [];

  constructor(saved?: RunProgressState) {
    const { values = [], added = [], ...facts } = saved ?? {};
    this.facts = { ...emptyFacts(), ...facts };
    this.values = new Map(values);
    this.added = new Map(added);
  }

  save(): RunProgressState {
    this.readKept();
    return { ...this.facts, values: [...this.values], added: [...this.added] };
  }

  /** Forgets the last run. */
  reset(): void {
    this.kept = [];
    this.facts = emptyFacts();
    this.values = new Map();
    this.added = new Map();
  }

  /** Call with each click of the run, including the first. */
  noteClick(): void {
    this.readKept();
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
    this.keep(() => this.setValue(what, hashText(value, 1)));
  }

  /** The changes of `selfUpdating` nodes are no answers. The mutation was already applied to the model. */
  noteMutation(mutation: JsonRecord, selfUpdating: ReadonlySet<unknown>, model: DomModel): void {
    const notices = this.mayKeep ? findNotices(mutation, model, smallLimit) : undefined;
    if (notices) this.keep(() => this.readMutation(mutation, selfUpdating, notices));
    else {
      this.readKept();
      this.readMutation(mutation, selfUpdating, noticesOf(model));
      this.noteState();
    }
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

  /** True if a change may be read later. */
  private get mayKeep(): boolean {
    return this.facts.atClicks.length <= 1 && this.kept.length < keptLimit;
  }

  private keep(change: () => void): void {
    this.kept.push(change);
    if (!this.mayKeep) this.readKept();
  }

  private readKept(): void {
    if (this.kept.length === 0) return;
    const { kept } = this;
    this.kept = [];
    for (const change of kept) {
      change();
      this.noteState();
    }
  }

  private readMutation(
    { adds, removes, texts, attributes }: JsonRecord,
    selfUpdating: ReadonlySet<unknown>,
    notices: Notices,
  ): void {
    const isOther = (id: unknown): boolean => !selfUpdating.has(id);
    for (const remove of listOf(removes)) {
      if (isRecord(remove) && isOther(childrenOf(remove.parentId))) this.remove(remove.id);
    }
    for (const add of listOf(adds)) {
      if (isRecord(add)) this.add(add.node, add.parentId, isOther(childrenOf(add.parentId)), notices);
    }
    for (const text of listOf(texts)) {
      if (!isRecord(text) || !isNodeId(text.id) || !isOther(text.id) || notices.isIn(text.id)) continue;
      this.setValue(`text ${this.keyOf(text.id)}`, hashText(typeof text.value === 'string' ? text.value : '', 1));
    }
    for (const change of listOf(attributes)) {
      if (!isRecord(change) || !isNodeId(change.id) || !isRecord(change.attributes)) continue;
      if (!isOther(change.id) || notices.isIn(change.id)) continue;
      for (const [name, value] of Object.entries(change.attributes)) this.noteAttribute(change.id, name, value);
    }
  }

  private noteAttribute(id: number, name: string, value: unknown): void {
    const what = `${name} ${this.keyOf(id)}`;
    if (name === 'style') {
      for (const { property, inText } of shownStyles) {
        const shown = typeof value === 'string' ? (inText.exec(value)?.[1]?.trim() ?? '') : readStyle(value, property);
        if (shown !== undefined) this.setValue(`${what} ${property}`, hashText(shown, 1));
      }
    } else if (!busyAttribute.test(name) && !(name.startsWith('data-') && passingName.test(name))) {
      const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
      this.setValue(what, hashText(name === 'class' ? lastingClasses(text) : text, 1));
    }
  }

  private add(node: unknown, parentId: unknown, isAnswer: boolean, notices: Notices): void {
    if (!isRecord(node) || !isNodeId(node.id) || !isNodeId(parentId)) return;
    this.drop(node.id);
    if (this.added.size >= nodeLimit) return;
    const parent = this.added.get(parentId);
    const isPassing = parent ? notices.isNotice(node.id) : notices.isIn(node.id);
    const counts = isAnswer && parent?.hash !== 0 && !isPassing;
    const hash = counts ? hashContent(node, this.keyOf(parentId)) : 0;
    this.added.set(node.id, { hash, children: [] });
    parent?.children.push(node.id);
    this.shift(hash);
    for (const child of listOf(node.childNodes)) this.add(child, node.id, isAnswer, notices);
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

/** Returns a property of recorded changes to single properties of an inline style. */
function readStyle(style: unknown, property: string): string | undefined {
  const value = isRecord(style) ? style[property] : undefined;
  return value === undefined ? undefined : JSON.stringify(value);
}

/** Returns a hash of what a node shows: its tag, text, classes and some attributes, with blanks between them. */
function hashContent({ tagName, textContent, attributes }: JsonRecord, seed: number): number {
  let hash = typeof tagName === 'string' ? hashText(tagName, seed) : seed;
  hash = hashNumber(blank, hash);
  if (typeof textContent === 'string') hash = hashText(textContent, hash);
  if (!isRecord(attributes)) return hash;
  if (typeof attributes.class === 'string') {
    hash = hashText(lastingClasses(attributes.class), hashNumber(blank, hash));
  }
  for (const name of shownAttributes) {
    const value = attributes[name];
    if (value === undefined) continue;
    hash = hashText(name, hashNumber(blank, hash));
    hash = hashText(typeof value === 'string' ? value : JSON.stringify(value), hashNumber(blank, hash));
  }
  return hash;
}

function lastingClasses(value: string): string {
  return value
    .split(/\s+/)
    .filter((name) => !passingName.test(name))
    .join(' ');
}
