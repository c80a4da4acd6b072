import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { quotesOf, type Subject } from '../draft';
import { isPrivateInput } from './private-input';
import { describeChange, describeClick, type Target } from './describe';
import { readSelected, type TextRange } from './selected-text';
import { readTitle } from './title';
import type { ScopeSearch } from './tree-scope';

/**
 * Reads from the page what entries quote. What happened is always judged on the recorded page; an export reads the quotes from the
 * redacted page beside it.
 */
export interface PageReader {
  /** Returns true for an element where actions of the user are input: they are judged coarsely. */
  isPrivate: (node: ModelNode | undefined) => boolean;
  /** `target`: the control that the click activates, if any. */
  click: (node: ModelNode | undefined, target: Target | undefined) => Subject;
  change: (id: number, model: DomModel) => Subject;
  selection: (range: TextRange, model: DomModel) => Subject;
  /** An element that was scrolled. */
  scrolled: (id: number, model: DomModel) => Subject;
  title: (model: DomModel) => string;
}

/** Reads the recorded page. */
export function createPageReader(search: ScopeSearch): PageReader {
  return {
    isPrivate: (node) => node !== undefined && isPrivateInput(node),
    click: (node, target) => describeClick(node, target, search),
    change: (id, model) => describeChange(id, model, search),
    selection: (range, model) => ({ quotes: quotesOf({ text: readSelected(range, model) }) }),
    scrolled: () => ({}),
    title: readTitle,
  };
}
