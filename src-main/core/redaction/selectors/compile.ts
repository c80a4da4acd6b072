import { compile, type Options } from 'css-select';
import { parse, type Selector } from 'css-what';
import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { modelAdapter } from './model-adapter';

/** A compiled list of selectors that any element of a page can be matched against. */
export interface SelectorTest {
  /** Returns the index of the first selector that matches, or -1. */
  match(element: ModelNode): number;
  /** True if a match depends only on the element, its ancestors and their attributes. */
  isUpwards: boolean;
  isEmpty: boolean;
}

const options: Options<ModelNode, ModelNode> = { adapter: modelAdapter, xmlMode: false };

/** Extensions of css-select that match by text. A page's text must not decide which of its parts stay. */
const refusedPseudos = new Set(['contains', 'icontains']);
/** Pseudo-classes that depend only on an element and its ancestors. */
const upwardsPseudos = new Set(['not', 'is', 'where', 'matches', 'any-link', 'link', 'root']);

/** Throws if a selector can't be used. */
export function compileSelectors(selectors: readonly string[]): SelectorTest {
  const parsed = selectors.map((selector) => parse(selector));
  if (parsed.some(hasRefused)) throw new SyntaxError('a pseudo-class that is not of CSS');
  const tests = selectors.map((selector) => compile<ModelNode, ModelNode>(selector, options));
  return {
    match: (element) => (element.type === NodeType.Element ? tests.findIndex((test) => test(element)) : -1),
    isUpwards: parsed.every((lists) => lists.every((list) => list.every(looksUpwards))),
    isEmpty: tests.length === 0,
  };
}

function hasRefused(lists: readonly Selector[][]): boolean {
  return lists
    .flat()
    .some(
      (part) =>
        part.type === 'pseudo' &&
        (refusedPseudos.has(part.name) || (Array.isArray(part.data) && hasRefused(part.data))),
    );
}

function looksUpwards(part: Selector): boolean {
  if (part.type === 'sibling' || part.type === 'adjacent') return false;
  if (part.type !== 'pseudo') return true;
  if (!upwardsPseudos.has(part.name)) return false;
  return !Array.isArray(part.data) || part.data.every((list) => list.every(looksUpwards));
}
