import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import type { SideChannelRule } from '../side-channel-rules';
import { groupOf, radioRoles } from './fields';
import { findSurface, isDotGrid, isMonth, isRating, isToggle, sliderAround } from './choice-shapes';
import { pickerKey, type Pickers } from './picker-watch';
import { findKeysBeside, isKeypad, isProposals } from './private-shapes';

/** An area is not nested more deeply than this. */
const depthLimit = 12;

/** An element whose content is left out of the export, and the rule that says so. */
export interface Excluded {
  element: ModelNode;
  rule: string;
}

/**
 * The areas of one page in which the pointer writes: drawing surfaces, keypads and pickers. Interactions are reported for one element of
 * the area, whatever was touched. Some keep the form that they had before the user was in them, others are exported empty.
 */
export class PrivateAreas {
  /** The element that interactions are reported for. `exact`: the same for elements without their content. */
  private readonly mains = new WeakMap<ModelNode, ModelNode>();
  private readonly exact = new WeakMap<ModelNode, ModelNode>();
  private readonly still = new WeakSet<ModelNode>();
  /** Areas that the user was in, or whose state changed. They take no more content. */
  private readonly used = new WeakSet<ModelNode>();
  private readonly excluded = new WeakSet<ModelNode>();
  private hasAreas = false;
  private page = 0;
  private readonly closesKeypads: boolean;
  private readonly closesProposals: boolean;
  private readonly closesSurfaces: boolean;
  private readonly closesPickers: boolean;

  /**
   * `pickers`: the elements that a first pass found by what they do. `keepsTexts`: the policy leaves texts unmasked. Only then an element that
   * draws what the user types is left out: it is found by how fast it follows the typing, and a mask must not depend on that.
   */
  constructor(
    closes: (rule: SideChannelRule) => boolean,
    private readonly get: (id: number) => ModelNode | undefined,
    private readonly pickers: Pickers | undefined,
    private readonly keepsTexts: boolean,
  ) {
    this.closesKeypads = closes('keypads');
    this.closesProposals = closes('proposals');
    this.closesSurfaces = closes('surfaces');
    this.closesPickers = closes('pickers');
  }

  /** Starts a new page. */
  begin(): void {
    this.page++;
  }

  /** Notes an element of the page. Returns the elements whose content must be left out because of it. */
  note(element: ModelNode): Excluded[] {
    const excluded = this.findExcluded(element);
    for (const { element: hidden, rule } of excluded) if (rule !== 'side-proposals') this.excluded.add(hidden);
    return excluded;
  }

  /** Returns whether an element is a keypad or a picker that is exported empty. */
  isPicker(element: ModelNode): boolean {
    return this.excluded.has(element);
  }

  private findExcluded(element: ModelNode): Excluded[] {
    if (this.closesSurfaces) this.noteSurface(element);
    if (this.closesPickers) this.noteChoices(element);
    if (this.closesProposals && isProposals(element)) return [{ element, rule: 'side-proposals' }];
    if (this.closesKeypads) {
      if (isKeypad(element)) return [{ element, rule: 'side-keypads' }];
      const keys = findKeysBeside(element);
      const [main] = keys;
      if (main) {
        this.join(main, keys, [element]);
        return keys.map((key) => ({ element: key, rule: 'side-keypads' }));
      }
    }
    if (!this.closesPickers || this.still.has(element)) return [];
    const part = this.pickers?.get(pickerKey(this.page, element.id));
    if (part && (this.keepsTexts || !part.isDrawn)) {
      const main = this.get(part.mainId);
      if (main) this.join(main, part.isAround ? [] : [element], part.isAround ? [element] : []);
      return part.isAround ? [] : [{ element, rule: 'side-pickers' }];
    }
    return isMonth(element) ? [{ element, rule: 'side-pickers' }] : [];
  }

  private noteSurface(element: ModelNode): void {
    const surface = findSurface(element);
    if (surface) this.join(surface.main, surface.deep, surface.exact);
    if (isDotGrid(element)) this.keep(element);
  }

  private noteChoices(element: ModelNode): void {
    const slider = sliderAround(element);
    if (slider) this.keep(slider);
    if (isToggle(element)) {
      this.still.add(element);
      this.hasAreas = true;
    }
    if (isRating(element)) this.keep(element);
  }

  private keep(element: ModelNode): void {
    this.join(element, [element], []);
    this.still.add(element);
  }

  private join(main: ModelNode, deep: readonly ModelNode[], exact: readonly ModelNode[]): void {
    for (const element of deep) if (!this.mains.has(element)) this.mains.set(element, main);
    for (const element of exact) if (!this.exact.has(element)) this.exact.set(element, main);
    this.hasAreas = true;
  }

  /** Returns the element that an interaction with a node of an area is reported for. Undefined for a node outside of all areas. */
  areaOf(node: ModelNode): ModelNode | undefined {
    if (!this.hasAreas) return undefined;
    const exact = this.exact.get(node);
    if (exact) return exact;
    let found: ModelNode | undefined;
    for (let at: ModelNode | undefined = node, depth = 0; at && depth < depthLimit; at = at.parent, depth++)
      found = this.mains.get(at) ?? found;
    return found;
  }

  /** Notes that the user is in a node, or that what it shows changes. */
  use(node: ModelNode | undefined): void {
    if (!this.hasAreas) return;
    for (let at = node, depth = 0; at && depth < depthLimit; at = at.parent, depth++)
      if (at.type === NodeType.Element && (this.still.has(at) || at.attribute('role') === 'radiogroup')) {
        this.used.add(at);
        // Which place of a group takes no more content must not show the choice.
        if (radioRoles.has(at.attribute('role'))) this.used.add(groupOf(at) ?? at);
      }
  }

  /** Returns whether a node takes no more content. Until the user is in an area, the page may still be building it. */
  isClosed(node: ModelNode | undefined): boolean {
    if (!this.isStill(node)) return false;
    for (let at = node, depth = 0; at && depth < depthLimit; at = at.parent, depth++)
      if (this.used.has(at)) return true;
    return false;
  }

  /** Returns whether a node keeps the attributes and texts with which it was first exported, because later ones show a choice. */
  isStill(node: ModelNode | undefined): boolean {
    if (!this.hasAreas) return false;
    for (let at = node, depth = 0; at && depth < depthLimit; at = at.parent, depth++)
      if (at.type === NodeType.Element && this.still.has(at)) return true;
    return false;
  }
}
