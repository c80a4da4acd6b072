import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { readAttribute } from '../../recording/model/read-attribute';
import { search } from './fields';

/**
 * Shapes of elements whose pointer positions are the user's input: what is drawn, and which of several similar places is chosen. They are
 * recognised before the user touches them.
 */

/** A container with more children has none of these shapes. */
const childrenLimit = 60;
/** A dot, a star or the thumb of a slider consists of few nodes. */
const markNodes = 6;

const bigTags: ReadonlySet<string> = new Set(
  'html body main article section form dialog table tbody ul ol nav'.split(' '),
);
const controlTags: ReadonlySet<string> = new Set('a button input select textarea label summary option'.split(' '));

/** Returns the element children, or undefined if there are too many. */
function elementsOf(element: ModelNode, limit = childrenLimit): ModelNode[] | undefined {
  const found: ModelNode[] = [];
  let count = 0;
  for (let child = element.first; child; child = child.next) {
    if (++count > limit) return undefined;
    if (child.type === NodeType.Element) found.push(child);
  }
  return found;
}

function hasText(element: ModelNode, limit = markNodes * 4): boolean {
  let left = limit;
  const open = [element];
  for (let node = open.pop(); node && left > 0; node = open.pop(), left--) {
    if (node.type === NodeType.Text && node.text.trim() !== '') return true;
    for (let child = node.first; child; child = child.next) open.push(child);
  }
  return false;
}

const isAny = (): boolean => true;

function isSmall(element: ModelNode, most = markNodes): boolean {
  return search(element, isAny, most + 1).length <= most;
}

/** Surfaces that share one area, such as the stacked canvases of a drawing program, and the elements that lie over them. */
export interface Surface {
  /** Interactions are reported for it. */
  readonly main: ModelNode;
  /** All elements of the area. The first group includes its descendants. */
  readonly deep: readonly ModelNode[];
  readonly exact: readonly ModelNode[];
}

/** Returns the canvases among the children of an element, with the children that lie over them. */
export function findSurface(element: ModelNode): Surface | undefined {
  let hasCanvas = false;
  for (let child = element.first; child && !hasCanvas; child = child.next) hasCanvas = child.tag === 'canvas';
  if (!hasCanvas) return undefined;
  const children = elementsOf(element) ?? [];
  const canvases = children.filter(({ tag }) => tag === 'canvas');
  const [main] = canvases;
  if (!main) return undefined;
  // A transparent element over the canvas receives the pointer in its place. It has no content of its own.
  const covers = children.filter(
    (child) => child.tag !== 'canvas' && !controlTags.has(child.tag) && isSmall(child, 3) && !hasText(child),
  );
  const isWrapper = !bigTags.has(element.tag) && children.length <= 8 && !hasOwnText(element);
  return { main, deep: [...canvases, ...covers], exact: isWrapper ? [element] : [] };
}

function hasOwnText(element: ModelNode): boolean {
  for (let child = element.first; child; child = child.next)
    if (child.type === NodeType.Text && child.text.trim() !== '') return true;
  return false;
}

/** The dots of a lock pattern: a complete grid of three to five rows. */
const gridSides = [3, 4, 5];

/** Returns whether this is the grid of dots of a lock pattern. */
export function isDotGrid(element: ModelNode): boolean {
  if (element.type !== NodeType.Element || bigTags.has(element.tag)) return false;
  const children = elementsOf(element, 2 * 25 + 10);
  if (!children || children.length < 3) return false;
  if (element.tag === 'svg' || element.tag === 'g') return isGridOfCircles(children);
  if (gridSides.some((side) => children.length === side * side)) return areDots(children);
  if (!gridSides.includes(children.length)) return false;
  const rows = children.map((row) => elementsOf(row, 6) ?? []);
  return rows.every((row) => row.length === children.length) && areDots(rows.flat());
}

function areDots(elements: readonly ModelNode[]): boolean {
  const [first] = elements;
  return elements.every(
    (element) =>
      element.tag === first?.tag &&
      !controlTags.has(element.tag) &&
      isSmall(element, 2) &&
      !hasText(element) &&
      search(element, ({ tag }) => tag === 'img' || tag === 'svg', 3).length === 0,
  );
}

function isGridOfCircles(children: readonly ModelNode[]): boolean {
  const circles = children.flatMap((child) =>
    child.tag === 'g'
      ? search(child, ({ tag }) => tag === 'circle', 3).slice(0, 1)
      : child.tag === 'circle'
        ? [child]
        : [],
  );
  if (circles.length < 9) return false;
  const read = (name: string): Set<string> => new Set(circles.map((circle) => readAttribute(circle, name)));
  const [columns, rows] = [read('cx').size, read('cy').size];
  const isPlaced = gridSides.includes(columns) && gridSides.includes(rows);
  return (isPlaced || (columns === 1 && rows === 1 && circles.length === 9)) && circles.length >= columns * rows;
}

const ratingName = /(?:^|[-_\s])(?:star|stars|rating|ratings|rate|rater)(?:[-_\s\d]|$)/i;
const starText = /^[★☆⭐✩✪✫✬✭✮✯✰⋆♥♡❤🌟]$/u;

/** Returns whether this is a row of stars or hearts for a rating. */
export function isRating(element: ModelNode): boolean {
  if (element.type !== NodeType.Element || bigTags.has(element.tag)) return false;
  const children = elementsOf(element, 24);
  if (!children || children.length < 3) return false;
  const [first] = children;
  if (!first) return false;
  const isNamed = [element, first].some(
    (each) => ratingName.test(readAttribute(each, 'class')) || ratingName.test(readAttribute(each, 'aria-label')),
  );
  if (!isNamed && !starText.test(textOf(first))) return false;
  const marks = children.filter((child) => child.tag === first.tag && isSmall(child));
  if (marks.length < 3 || marks.length > 10 || marks.length < children.length - 2) return false;
  const texts = marks.map(textOf);
  return texts.every((text) => starText.test(text)) || (isNamed && texts.every((text) => text.length <= 2));
}

function textOf(element: ModelNode): string {
  let text = '';
  for (const node of nodesOf(element, markNodes * 2)) if (node.type === NodeType.Text) text += node.text.slice(0, 20);
  return text.trim();
}

function nodesOf(element: ModelNode, limit: number): ModelNode[] {
  const nodes: ModelNode[] = [];
  const open = [element];
  for (let node = open.pop(); node && nodes.length < limit; node = open.pop()) {
    nodes.push(node);
    for (let child = node.first; child; child = child.next) open.push(child);
  }
  return nodes;
}

/** Class names of sliders that state no role. */
const sliderName =
  /(?:^|\s)(?:ui-slider|noUi-target|irs|rc-slider|range-slider|rangeslider|vue-slider|slider-range)(?:\s|$)/;

/** Returns the element that shows the state of a slider: the track around its thumbs. Undefined for any other element. */
export function sliderAround(element: ModelNode): ModelNode | undefined {
  if (element.type !== NodeType.Element || element.tag === 'input') return undefined;
  const isThumb = element.attribute('role') === 'slider';
  if (!isThumb && !sliderName.test(readAttribute(element, 'class'))) return undefined;
  let around = element;
  for (let depth = 0; depth < 3; depth++) {
    const { parent } = around;
    if (parent?.type !== NodeType.Element || bigTags.has(parent.tag) || !isSmall(parent, 12) || hasText(parent)) break;
    around = parent;
  }
  return around;
}

const toggleRoles: ReadonlySet<unknown> = new Set(['checkbox', 'switch', 'menuitemcheckbox', 'radio', 'menuitemradio']);

/** Returns whether this is a toggle that an application draws itself, or a group of one. */
export function isToggle(element: ModelNode): boolean {
  return element.tag !== 'input' && toggleRoles.has(element.attribute('role'));
}

/** The days of the shortest month. */
const fewestDays = 28;
const dayText = /^(?:[1-9]|[12]\d|3[01])$/;

/** Returns whether this is the grid of a month: the numbers of its days in order, each in an element of its own. */
export function isMonth(element: ModelNode): boolean {
  if (element.type !== NodeType.Element || element.tag === 'body' || element.tag === 'html') return false;
  // The days are children, or stand in four to six rows.
  const children = elementsOf(element, 80);
  if (!children || children.length < 4) return false;
  const isFlat = children.length >= fewestDays;
  if (!isFlat && children.length > 8) return false;
  const cells = isFlat ? children : children.flatMap((row) => elementsOf(row, 20) ?? []);
  if (cells.length < fewestDays || cells.length > 80) return false;
  let expected = 1;
  for (const cell of cells) {
    if (!isSmall(cell)) return false;
    const text = textOf(cell);
    if (dayText.test(text) && Number(text) === expected) expected++;
  }
  return expected > fewestDays;
}
