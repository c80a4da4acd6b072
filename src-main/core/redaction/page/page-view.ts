import { NodeType } from '../../recording/events';
import { DomModel, type ModelNode } from '../../recording/model/dom-model';
import type { PrivateValues } from '../private-values/private-values';
import { Regions, type Region, type RegionRules } from '../selectors/regions';
import type { SideChannelRule } from '../side-channel-rules';
import type { RedactionCounts } from '../redaction-counts';
import { fieldOf, isEditor, search } from './fields';
import { FieldVisits } from './field-visits';
import type { Pickers } from './picker-watch';
import { PrivateAreas } from './private-areas';
import { TextRuns } from './text-runs';

interface Parts {
  rules: RegionRules;
  values: PrivateValues;
  counts: RedactionCounts;
  closes: (rule: SideChannelRule) => boolean;
  /** Elements that were found to be pickers by what they do. */
  pickers?: Pickers | undefined;
  /** The policy leaves some texts unmasked. */
  keepsTexts: boolean;
}

/** The recorded page of one tab, and which parts of it may be exported. */
export class PageView {
  readonly model = new DomModel();
  readonly regions: Regions;
  readonly runs: TextRuns;
  readonly visits = new FieldVisits();
  /** Nodes that were left out of the export together with their descendants. */
  readonly omitted = new Set<number>();
  /** Rich-text editors. Once closed, an editor stays closed even while it is read-only. */
  private readonly editors = new WeakSet<ModelNode>();
  private hasEditors = false;
  /** Editors that show a mask. */
  readonly filled = new WeakSet<ModelNode>();
  /** The last exported form of page texts, and the text that it stands for. */
  readonly written = new WeakMap<ModelNode, { original: string; text: string }>();
  readonly areas: PrivateAreas;
  private readonly closesEditors: boolean;
  /** The last pointer position outside of private elements. */
  pointer = { x: 0, y: 0 };
  /** True if the last event moved the pointer over a private element, or scrolled one. */
  isTouched = false;
  /** True while an event is redacted that the page may have made for a key. */
  isEcho = false;

  constructor(private readonly parts: Parts) {
    this.closesEditors = parts.closes('editors');
    this.regions = new Regions(parts.rules, this.model, parts.counts);
    this.runs = new TextRuns(this.model, parts.values);
    this.areas = new PrivateAreas(parts.closes, (id) => this.model.get(id), parts.pickers, parts.keepsTexts);
  }

  /** Starts a new page, which is written completely. */
  begin(): void {
    this.omitted.clear();
    this.areas.begin();
    const { root } = this.model;
    if (!root) return;
    for (const element of search(root, () => true, Infinity)) this.block(element);
  }

  /** Excludes elements whose shape reveals private data, such as keypads. Returns the newly excluded elements. */
  blockAround(added: readonly ModelNode[]): ModelNode[] {
    const blocked: ModelNode[] = [];
    const around = new Set<ModelNode>();
    for (const node of added) {
      if (node.type !== NodeType.Text)
        for (const element of [node, ...search(node, () => true, Infinity)])
          if (element.type === NodeType.Element) blocked.push(...this.block(element));
      let above = node.parent;
      for (let depth = 0; above && depth < 4; depth++, above = above.parent) around.add(above);
    }
    for (const element of around) if (element.type === NodeType.Element) blocked.push(...this.block(element));
    return blocked;
  }

  /** Excludes an element if its shape reveals private data. Returns what was excluded because of it. */
  private block(element: ModelNode): ModelNode[] {
    this.regions.noteMarker(element);
    if (this.regions.isExcludedItself(element)) return [];
    const excluded: ModelNode[] = [];
    for (const { element: hidden, rule } of this.areas.note(element)) {
      if (this.regions.isExcludedItself(hidden)) continue;
      this.regions.exclude(hidden, rule);
      excluded.push(hidden);
    }
    return excluded;
  }

  /** Returns whether this element is an area in which the user enters something without typing. */
  isInputArea(node: ModelNode): boolean {
    return this.areas.areaOf(node) !== undefined || this.areas.isPicker(node);
  }

  /** Returns whether the content of this element is exported: not if it is excluded, an editor, or below a node that was left out. */
  includesContentOf(element: ModelNode | undefined): boolean {
    if (!element) return true;
    for (let at: ModelNode | undefined = element; at; at = at.parent) {
      if (this.omitted.has(at.id)) return false;
      if (this.isClosedEditor(at)) return false;
    }
    return this.regions.inside(element) !== 'excluded';
  }

  isIncluded(node: ModelNode): boolean {
    return !this.omitted.has(node.id) && this.includesContentOf(node.parent);
  }

  isClosedEditor(node: ModelNode): boolean {
    if (this.hasEditors && this.editors.has(node)) return true;
    if (node.type !== NodeType.Element || node.tag === 'body' || node.tag === 'html' || !this.closesEditors)
      return false;
    const isClosed = isEditor(node.tag, (name) => node.attribute(name));
    if (isClosed) {
      this.editors.add(node);
      this.hasEditors = true;
    }
    return isClosed;
  }

  /** Returns whether this element was an editor so far. */
  wasEditor(node: ModelNode): boolean {
    return this.editors.has(node);
  }

  /** Returns the outermost editor around a node. */
  editorAround(node: ModelNode | undefined): ModelNode | undefined {
    let found: ModelNode | undefined;
    for (let at = node; at; at = at.parent) if (this.isClosedEditor(at)) found = at;
    return found;
  }

  /**
   * Returns the element that an interaction with a node is reported for: the node itself, the field or hidden element around it, or the
   * nearest exported ancestor.
   */
  targetOf(node: ModelNode): { node: ModelNode; isPrivate: boolean } {
    const found = fieldOf(node);
    const field = found && !this.parts.closes('choices') ? (isChoice(node) ? node : found) : found;
    let target = field ?? node;
    let isPrivate = field !== undefined;
    const region: Region = this.regions.inside(node);
    if (region === 'masked' || region === 'excluded' || !this.isIncluded(target)) {
      isPrivate = true;
      for (let at: ModelNode | undefined = node; at; at = at.parent) {
        if (at.type !== NodeType.Element) continue;
        const inside = this.regions.inside(at);
        const isHidden = inside === 'masked' || inside === 'excluded' || !this.isIncluded(at);
        if (isHidden) target = at;
        else break;
      }
      while (!this.isIncluded(target) && target.parent) target = target.parent;
    }
    let area = this.areas.areaOf(node) ?? this.areas.areaOf(target);
    if (!area || this.model.get(area.id) !== area) return { node: target, isPrivate };
    while (!this.isIncluded(area) && area.parent) area = area.parent;
    return { node: area, isPrivate: true };
  }
}

/** Returns whether this is one of several options. */
function isChoice({ tag, attributes }: ModelNode): boolean {
  return (
    tag === 'label' ||
    attributes.get('type') === 'radio' ||
    ['radio', 'option'].includes(String(attributes.get('role')))
  );
}
