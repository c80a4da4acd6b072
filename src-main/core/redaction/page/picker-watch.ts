import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, MouseInteractions, NodeType } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { readAttribute } from '../../recording/model/read-attribute';
import { fieldOf, search } from './fields';
import { isField } from '../entities/field-kind';

/** An element of a picker. */
export interface PickerPart {
  /** Interactions are reported for the element with this id. */
  mainId: number;
  /** True if the element as such is meant, without its content: the page around keys that have no element of their own around them. */
  isAround: boolean;
  /** The element draws what the user types. */
  isDrawn?: true;
}

/** The elements of one tab whose use reveals a value. A node is identified by its page, as its id is used again on the next one. */
export type Pickers = ReadonlyMap<string, PickerPart>;

/** Identifies an element of a page. `page`: the number of full snapshots so far. */
export function pickerKey(page: number, id: number): string {
  return `${page}:${id}`;
}

/** A value that appears this long after a click comes from the click, ms. */
const effectMs = 1500;
/** Presses of keys follow one another faster, ms. */
const pressMs = 4000;
/** Three presses in a row, each of which changes the same display, are input by keys. */
const presses = 3;
/** A group of fewer places isn't a choice. Ten or more are a keypad or a list. */
const fewest = 3;
const many = 10;
const levels = 6;
const groupNodes = 900;
/** A key is an image or a short text. */
const keyNodes = 6;
const keyText = 6;
const keysLimit = 60;
const displayNodes = 40;
const addedNodes = 2000;
/** Wheels and sliders that were moved before a button applies their value. */
/** A drawing that grew so often under the pressed pointer is drawn by hand. */
const strokes = 3;
const lineTags: ReadonlySet<string> = new Set(['path', 'polyline', 'polygon', 'line', 'circle']);
const movedLimit = 12;
const pickersLimit = 2000;
/** An action that fills more fields opens a record or a form. */
const fieldsOfChoice = 2;
const valuesLimit = 20_000;
/** A text that shows what was typed changes this soon, ms. Three letters in a row are no chance. */
const drawMs = 300;
const drawnLetters = 3;

const releases: ReadonlySet<unknown> = new Set([
  MouseInteractions.MouseUp,
  MouseInteractions.Click,
  MouseInteractions.TouchEnd,
]);
const clicks: ReadonlySet<unknown> = new Set([
  MouseInteractions.MouseDown,
  MouseInteractions.Click,
  MouseInteractions.TouchStart,
  MouseInteractions.TouchEnd,
]);

const neverPickers: ReadonlySet<string> = new Set('html body main form article'.split(' '));

interface Action {
  node: ModelNode;
  at: number;
  kind: 'click' | 'move';
}

/**
 * Finds pickers by what they do: places that fill a field when they are clicked, scrolled or dragged, whatever they look like. Keypads,
 * wheels, own drop-down lists and calendars are of this kind. It reads the events as recorded, before anything is exported, since the
 * first press already reveals a value.
 */
export class PickerWatch {
  private readonly found = new Map<string, PickerPart>();
  /** The fields that the last action filled, until the next action shows that these were all. */
  private filled: { fields: Set<number>; groups: Group[] } | undefined;
  /** Fields that the page added after the last action. They begin with a value that the user didn't choose. */
  private readonly added = new Set<number>();
  private readonly values = new Map<number, string>();
  private typed: { last: string; at: number } | undefined;
  private readonly grown = new WeakMap<ModelNode, { text: string; length: number; count: number }>();
  private page = 0;
  private action: Action | undefined;
  /** The click before the last one, which may have opened a list. */
  private opener: ModelNode | undefined;
  private moved = new Set<ModelNode>();
  private run: { top: ModelNode; display: ModelNode | undefined; count: number; at: number } | undefined;
  private isPressed = false;
  private under: ModelNode | undefined;
  /** The drawing under the pressed pointer, and how often it grew. */
  private drawing: { svg: ModelNode; count: number } | undefined;

  constructor(private readonly model: DomModel) {}

  /** Reads an event that was applied to the model. */
  note({ type, data, timestamp }: RecordedEvent): void {
    if (type === EventType.FullSnapshot && isRecord(data)) {
      this.settle();
      this.page++;
      this.action = this.opener = this.run = undefined;
      this.moved.clear();
      this.values.clear();
      return;
    }
    if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return;
    const { source } = data;
    if (source === IncrementalSource.MouseInteraction) this.point(data, timestamp);
    else if (source === IncrementalSource.Scroll) this.move(data.id, timestamp);
    else if (source === IncrementalSource.TouchMove || source === IncrementalSource.Drag || this.isDrag(source))
      this.move(listOf(data.positions).map((position) => (isRecord(position) ? position.id : undefined))[0], timestamp);
    else if (source === IncrementalSource.Input) {
      this.noteTyped(data.text, timestamp);
      this.fill(data.id, data.text, timestamp);
    } else if (source === IncrementalSource.Mutation) this.change(data, timestamp);
  }

  finish(): Pickers {
    this.settle();
    return this.found;
  }

  private isDrag(source: unknown): boolean {
    return source === IncrementalSource.MouseMove && this.isPressed;
  }

  private point({ type, id }: JsonRecord, at: number): void {
    const node = isNodeId(id) ? this.model.get(id) : undefined;
    if (type === MouseInteractions.MouseDown || type === MouseInteractions.TouchStart) this.press(node);
    if (releases.has(type)) this.isPressed = false;
    if (type === MouseInteractions.Focus) {
      if (this.action && node && isField(node)) this.action = undefined;
      return;
    }
    if (!node || !clicks.has(type)) return;
    if (isSortHeader(node)) {
      this.settle();
      this.action = this.run = undefined;
      return;
    }
    if (this.action && this.action.kind === 'click' && this.action.node !== node) this.opener = this.action.node;
    this.begin({ node, at, kind: 'click' });
  }

  private begin(action: Action): void {
    if (this.action?.node !== action.node) this.settle();
    this.action = action;
    this.added.clear();
  }

  private settle(): void {
    const { filled } = this;
    this.filled = undefined;
    if (filled && filled.fields.size <= fieldsOfChoice) for (const group of filled.groups) this.add(group);
  }

  private press(node: ModelNode | undefined): void {
    this.isPressed = true;
    this.under = node;
    this.drawing = undefined;
  }

  private move(id: unknown, at: number): void {
    const node = isNodeId(id) ? this.model.get(id) : undefined;
    this.under = node;
    if (node?.type !== NodeType.Element || neverPickers.has(node.tag) || fieldOf(node)) return;
    if (this.moved.size < movedLimit) this.moved.add(node);
    if (this.action?.kind !== 'click' || at - this.action.at > effectMs) this.begin({ node, at, kind: 'move' });
  }

  /** Notes a value of a field. One that was typed follows the focus of its field, not a click elsewhere. */
  private fill(id: unknown, text: unknown, at: number): void {
    const field = isNodeId(id) ? this.model.get(id) : undefined;
    if (!field || typeof text !== 'string') return;
    const before = this.values.get(field.id) ?? readAttribute(field, 'value');
    if (this.values.size < valuesLimit) this.values.set(field.id, text);
    const { action } = this;
    // A script can set the value that a list shows already.
    if (field.tag === 'select' && before === '') return;
    if (text === '' || text === before || this.added.has(field.id)) return;
    if (!action || at - action.at > effectMs || holds(field, action.node)) return;
    const own = fieldOf(action.node);
    // Labels, radio buttons and boxes are fields themselves.
    if (own && (own === field || own === fieldOf(field))) return;
    if (isLabelOf(action.node, field)) return;
    this.filled ??= { fields: new Set(), groups: this.groupsOf(action, field) };
    this.filled.fields.add(field.id);
  }

  /** Returns what the user chose with: the group of places, and the wheels beside a button that applies their value. */
  private groupsOf({ node, kind }: Action, field: ModelNode): Group[] {
    const groups: Group[] = [];
    const group = findGroup(node, fewest, field);
    if (group) groups.push(group);
    else if (kind === 'move') groups.push(single(node));
    if (kind === 'click')
      for (const wheel of this.moved)
        if (sharesPopup(wheel, node, field)) groups.push(findGroup(wheel, many, field) ?? single(wheel));
    this.moved.clear();
    return groups;
  }

  private noteTyped(text: unknown, at: number): void {
    if (typeof text === 'string' && text !== '') this.typed = { last: text.slice(-1), at };
  }

  /** A text that grows by what was just typed draws the field's content. */
  private growTexts(texts: unknown, at: number): void {
    const { typed } = this;
    for (const change of listOf(texts)) {
      const node = isRecord(change) && isNodeId(change.id) ? this.model.get(change.id) : undefined;
      // The text of a field is hidden already, however little was typed.
      if (!node?.parent || node.parent.tag === 'textarea') continue;
      const { text } = node;
      const before = this.grown.get(node);
      const isGrown =
        typed !== undefined &&
        at - typed.at <= drawMs &&
        text.endsWith(typed.last) &&
        (before === undefined || (text.length > before.length && text.startsWith(before.text)));
      if (!isGrown) {
        this.grown.delete(node);
        continue;
      }
      const count = (before?.count ?? 0) + 1;
      this.grown.set(node, { text, length: text.length, count });
      if (count >= drawnLetters && isSmall(node.parent)) this.addDrawn(node.parent);
    }
  }

  private noteFields({ adds, attributes }: JsonRecord, at: number): void {
    for (const add of listOf(adds)) {
      const node =
        isRecord(add) && isRecord(add.node) && isNodeId(add.node.id) ? this.model.get(add.node.id) : undefined;
      if (node?.type !== NodeType.Element) continue;
      for (const element of [node, ...search(node, isFillable, addedNodes)])
        if (this.added.size < valuesLimit) this.added.add(element.id);
    }
    for (const change of listOf(attributes)) {
      const value = isRecord(change) && isRecord(change.attributes) ? change.attributes.value : undefined;
      const field = isRecord(change) && isNodeId(change.id) ? this.model.get(change.id) : undefined;
      if (field && isField(field)) this.fill(field.id, value, at);
    }
  }

  /** A drawing that grows while the pointer is pressed on it is what the user draws. */
  private draw(data: JsonRecord): void {
    const svg = this.under && drawingAround(this.under);
    if (!svg) return;
    const isLine = (id: unknown): boolean => {
      const node = isNodeId(id) ? this.model.get(id) : undefined;
      return node !== undefined && lineTags.has(node.tag) && holds(svg, node);
    };
    const grows =
      listOf(data.attributes).some(
        (change) =>
          isRecord(change) &&
          isRecord(change.attributes) &&
          ('d' in change.attributes || 'points' in change.attributes || 'x2' in change.attributes) &&
          isLine(change.id),
      ) || listOf(data.adds).some((add) => isRecord(add) && isRecord(add.node) && isLine(add.node.id));
    if (!grows) return;
    if (this.drawing?.svg !== svg) this.drawing = { svg, count: 0 };
    if (++this.drawing.count >= strokes) this.add(single(svg));
  }

  private change(data: JsonRecord, at: number): void {
    if (this.isPressed) this.draw(data);
    this.noteFields(data, at);
    this.growTexts(data.texts, at);
    const { action } = this;
    if (!action || at - action.at > effectMs) return;
    const changed: ModelNode[] = [];
    const note = (id: unknown): void => {
      const node = isNodeId(id) && changed.length < displayNodes ? this.model.get(id) : undefined;
      if (node) changed.push(node);
    };
    for (const change of listOf(data.attributes)) {
      if (!isRecord(change)) continue;
      note(change.id);
    }
    for (const change of listOf(data.texts)) if (isRecord(change)) note(change.id);
    for (const add of [...listOf(data.adds), ...listOf(data.removes)]) if (isRecord(add)) note(add.parentId);
    if (action.kind !== 'click' || changed.length === 0) return;
    this.showChoice(action, changed);
    this.input(action, changed);
  }

  /** A list that writes the chosen text into the element that opened it. */
  private showChoice({ node }: Action, changed: readonly ModelNode[]): void {
    const { opener } = this;
    const shown = opener && displayOf(opener);
    if (!shown || holds(shown, node)) return;
    const chosen = textOf(node);
    const text =
      chosen === '' ? undefined : changed.find((each) => holds(shown, each) && textOf(each).includes(chosen));
    const group = text && findGroup(node, fewest, shown);
    if (!group || contains(group, opener)) return;
    this.add(group);
    const around = text.type === NodeType.Element ? text : (text.parent ?? shown);
    if (isSmall(around)) this.add(single(around));
  }

  /** Several presses of similar small places, each of which changes the same display. */
  private input({ node, at }: Action, changed: readonly ModelNode[]): void {
    const group = findGroup(node, many);
    const outside = group && isCompact(group) ? changed.find((each) => !contains(group, each)) : undefined;
    const display = outside && displayOf(outside);
    if (!group || !display) return;
    const { run } = this;
    if (run?.top !== group.top || run.display !== display || at - run.at > pressMs)
      this.run = { top: group.top, display, count: 1, at };
    else if (run.at !== at) {
      run.at = at;
      if (++run.count < presses) return;
      this.add(group);
      this.add(single(display));
    }
  }

  private addDrawn({ id }: ModelNode): void {
    const key = pickerKey(this.page, id);
    if (!this.found.has(key) && this.found.size < pickersLimit)
      this.found.set(key, { mainId: id, isAround: false, isDrawn: true });
  }

  private add({ top, places, isLoose }: Group): void {
    const members = isLoose ? places : undefined;
    if (this.found.size + (members?.length ?? 1) > pickersLimit) return;
    const mainId = (members?.[0] ?? top).id;
    const note = (element: ModelNode, isAround: boolean): unknown =>
      this.found.set(pickerKey(this.page, element.id), { mainId, isAround });
    for (const element of members ?? [top]) note(element, false);
    if (members) note(top, true);
  }
}

interface Group {
  top: ModelNode;
  /** Similar elements in it. */
  places: readonly ModelNode[];
  /** True if the element around them contains more than them, so that they are meant one by one. */
  isLoose: boolean;
}

function single(top: ModelNode): Group {
  return { top, places: [], isLoose: false };
}

function isFillable({ tag }: ModelNode): boolean {
  return tag === 'input' || tag === 'textarea' || tag === 'select' || tag.includes('-');
}

const textNodes = 30;
const textLimit = 60;

/** Returns the text of a small element or a text node; '' for a long one. */
function textOf(top: ModelNode): string {
  let text = top.text;
  let left = textNodes;
  const open = [top];
  for (let node = open.pop(); node && left > 0; node = open.pop(), left--)
    for (let child = node.first; child; child = child.next) {
      text += child.text;
      open.push(child);
    }
  const plain = text.trim();
  return left === 0 || plain.length > textLimit ? '' : plain;
}

function contains({ top, places, isLoose }: Group, node: ModelNode): boolean {
  return isLoose ? places.some((place) => holds(place, node)) : holds(top, node);
}

function drawingAround(node: ModelNode): ModelNode | undefined {
  let found: ModelNode | undefined;
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < 12; at = at.parent, depth++)
    if (at.tag === 'svg') found = at;
  return found ?? (node.first?.tag === 'svg' ? node.first : undefined);
}

function holds(outer: ModelNode, node: ModelNode | undefined): boolean {
  for (let at = node, depth = 0; at && depth < 1000; at = at.parent, depth++) if (at === outer) return true;
  return false;
}

function isLabelOf(node: ModelNode, field: ModelNode): boolean {
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < 4; at = at.parent, depth++)
    if (at.tag === 'label' && (holds(at, field) || at.attribute('for') === field.attribute('id'))) return true;
  return false;
}

/** Returns whether a node is in the header of a table that can be sorted. A click there chooses no value. */
function isSortHeader(node: ModelNode): boolean {
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < levels; at = at.parent, depth++) {
    if (at.tag !== 'th' && at.attribute('role') !== 'columnheader') continue;
    let left = keysLimit;
    for (let cell = at.parent?.first; cell && left > 0; cell = cell.next, left--)
      if (typeof cell.attribute('aria-sort') === 'string' || /sort/i.test(readAttribute(cell, 'class'))) return true;
    return false;
  }
  return false;
}

/** Returns the small element around a node that shows something. */
function displayOf(node: ModelNode): ModelNode | undefined {
  let shown = node.type === NodeType.Element ? node : node.parent;
  for (let depth = 0; shown && depth < 2; depth++) {
    const { parent } = shown;
    if (parent?.type !== NodeType.Element || neverPickers.has(parent.tag)) break;
    if (search(parent, () => true, displayNodes + 1).length > displayNodes / 4) break;
    shown = parent;
  }
  return shown?.type === NodeType.Element && isSmall(shown) ? shown : undefined;
}

/** Returns whether an element is small, unlike a page or a large part of it. */
function isSmall(element: ModelNode): boolean {
  return !neverPickers.has(element.tag) && search(element, () => true, displayNodes + 1).length <= displayNodes;
}

/**
 * Returns the group of similar places around a node: that of the nearest ancestor with ten or more, else of the nearest with at least
 * `least`. An ancestor that contains `outside` isn't a picker, but ten keys in it are. Places are similar if the same elements lead to them.
 */
function findGroup(node: ModelNode, least: number, outside?: ModelNode): Group | undefined {
  const path: ModelNode[] = [];
  let smaller: Group | undefined;
  for (let at: ModelNode | undefined = node; at && path.length <= levels; at = at.parent) {
    if (at.type !== NodeType.Element) continue;
    if (path.length > 0) {
      const places = similarIn(at, path);
      const isPage = neverPickers.has(at.tag) || (outside !== undefined && holds(at, outside));
      if (places.length >= many && !isPage) return { top: at, places, isLoose: false };
      if (isPage) {
        const isKeys = places.length >= many && places.length <= keysLimit && places.every(isKeyLike);
        return smaller ?? (isKeys ? { top: at, places, isLoose: true } : undefined);
      }
      if (places.length >= least) smaller ??= { top: at, places, isLoose: false };
    }
    path.unshift(at);
  }
  return least < many ? smaller : undefined;
}

/** Returns the outermost similar descendants, at least ten if there are as many. `path` leads from a child of `top` to a place. */
function similarIn(top: ModelNode, path: readonly ModelNode[]): ModelNode[] {
  let level: ModelNode[] = [top];
  let most: ModelNode[] = [];
  let left = groupNodes;
  for (const { tag } of path) {
    const next: ModelNode[] = [];
    for (const node of level)
      for (let child = node.first; child && left > 0; child = child.next, left--)
        if (child.tag === tag) next.push(child);
    if (next.length > most.length) most = next;
    if (most.length >= many) break;
    level = next;
  }
  return most;
}

/** Returns whether this is small enough for a key: an image or a short text. */
function isKeyLike(element: ModelNode): boolean {
  const nodes = search(element, () => true, keyNodes + 1);
  if (nodes.length > keyNodes) return false;
  let length = 0;
  for (const { first } of [element, ...nodes])
    for (let child = first; child; child = child.next)
      if (child.type === NodeType.Text) length += child.text.trim().length;
  return length <= keyText;
}

/** Returns whether a group consists of keys and little else. */
function isCompact({ top, places, isLoose }: Group): boolean {
  if (places.length > keysLimit || !places.every(isKeyLike)) return false;
  const most = places.length * keyNodes + displayNodes;
  return isLoose || search(top, () => true, most + 1).length <= most;
}

/** Returns whether a wheel and the button beside it belong to one popup that doesn't contain the field. */
function sharesPopup(wheel: ModelNode, button: ModelNode, field: ModelNode): boolean {
  for (let at: ModelNode | undefined = button, depth = 0; at && depth < levels; at = at.parent, depth++) {
    if (neverPickers.has(at.tag) || holds(at, field)) return false;
    if (holds(at, wheel)) return true;
  }
  return false;
}
