import { NodeType } from '../../recording/events';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import type { Policy } from '../../../contract/policy';
import type { RedactionCounts } from '../redaction-counts';
import { compileSelectors, type SelectorTest } from './compile';
import { hasPrivacyMarker } from './privacy-markers';

/** The treatment of an element's content, from open to closed. */
export type Region = 'open' | 'plain' | 'masked' | 'excluded';

const ranks: Record<Region, number> = { open: 0, plain: 1, masked: 2, excluded: 3 };

function hidesMore(a: Region, b: Region): boolean {
  return ranks[a] > ranks[b];
}

/** The selectors of a policy, compiled once for all tabs of a session. */
export interface RegionRules {
  exclude: SelectorTest;
  mask: SelectorTest;
  unmask: SelectorTest;
}

export function compileRegionRules({ exclude, mask, unmask }: Policy): RegionRules {
  return { exclude: compileSelectors(exclude), mask: compileSelectors(mask), unmask: compileSelectors(unmask) };
}

/**
 * Decides which elements of a page are excluded, masked or open at any moment.
 *
 * An element that once matched `exclude` or `mask` stays hidden for as long as its node exists, even if a class is removed later. Pages toggle
 * such classes for their own reasons (during loading, or behind a "Show" button). The text is the same before and after, so it stays private.
 * An element that starts to match later is found by `findNewlyHidden`, and its exported content is overwritten at that moment. A node that is
 * removed and inserted again is matched again at its new position.
 */
export class Regions {
  private readonly stuck = new WeakMap<ModelNode, { region: Region; rule: string }>();
  private readonly known = new WeakMap<ModelNode, { changes: number; region: Region }>();
  private hasRules: boolean;
  private extra = 0;

  constructor(
    private readonly rules: RegionRules,
    private readonly model: DomModel,
    private readonly counts: RedactionCounts,
  ) {
    this.hasRules = !rules.exclude.isEmpty || !rules.mask.isEmpty || !rules.unmask.isEmpty;
  }

  /** Excludes an element permanently, for a reason other than the policy's selectors. */
  exclude(element: ModelNode, rule: string): void {
    if (this.stuck.get(element)?.region === 'excluded') return;
    this.stuck.set(element, { region: 'excluded', rule });
    this.counts.useRule(rule);
    this.extra++;
  }

  /** Masks an element permanently if the page marks it as private for a recorder. Returns whether it was not masked before. */
  noteMarker(element: ModelNode): boolean {
    if (this.stuck.has(element) || !hasPrivacyMarker(element)) return false;
    this.stuck.set(element, { region: 'masked', rule: 'recorder-marker' });
    this.counts.useRule('recorder-marker');
    this.hasRules = true;
    this.extra++;
    return true;
  }

  isExcludedItself(element: ModelNode): boolean {
    return this.stuck.get(element)?.region === 'excluded';
  }

  /** Returns the region inside a node of the page; `plain` if there is no node. */
  inside(node: ModelNode | undefined): Region {
    if (!this.hasRules) return this.isInExcluded(node) ? 'excluded' : 'plain';
    const chain: ModelNode[] = [];
    let region: Region = 'plain';
    for (let at = node; at; at = at.parent) {
      const known = this.known.get(at);
      if (known?.changes === this.moment()) {
        region = known.region;
        break;
      }
      chain.push(at);
    }
    for (let at = chain.pop(); at; at = chain.pop()) region = this.enter(region, at);
    return region;
  }

  /** Returns the region inside an element whose parent has the region `outer`. */
  enter(outer: Region, element: ModelNode): Region {
    if (!this.hasRules) return this.isExcludedItself(element) ? 'excluded' : outer;
    const region = element.type === NodeType.Element ? this.judge(outer, element) : outer;
    const known = this.known.get(element);
    if (known) {
      known.changes = this.moment();
      known.region = region;
    } else this.known.set(element, { changes: this.moment(), region });
    return region;
  }

  /**
   * Returns the elements that hide more than at the last check, only the outermost of each branch. `changed` are the elements whose
   * attributes changed. Selectors that depend on siblings or descendants can start to match anywhere, so the complete page is checked for
   * them.
   */
  findNewlyHidden(changed: readonly ModelNode[]): ModelNode[] {
    const marked = changed.filter((node) => node.type === NodeType.Element && this.noteMarker(node));
    if (!this.hasRules) return [];
    const { exclude, mask, unmask } = this.rules;
    const isLocal = exclude.isUpwards && mask.isUpwards && unmask.isUpwards;
    const tops = isLocal ? changed : this.model.root ? [this.model.root] : [];
    const risen = new Set<ModelNode>(marked);
    const open = [...tops].reverse();
    for (let node = open.pop(); node; node = open.pop()) {
      const before = this.known.get(node)?.region;
      if (before === 'excluded') continue;
      if (before !== undefined && hidesMore(this.inside(node), before)) {
        risen.add(node);
        continue;
      }
      for (const child of node.children) if (child.type !== NodeType.Text) open.push(child);
    }
    return [...risen];
  }

  private isInExcluded(node: ModelNode | undefined): boolean {
    if (this.extra === 0) return false;
    for (let at = node; at; at = at.parent) if (this.isExcludedItself(at)) return true;
    return false;
  }

  private moment(): number {
    return this.model.changes + this.extra;
  }

  private judge(outer: Region, element: ModelNode): Region {
    if (outer === 'excluded') return outer;
    const own = this.catch(element);
    if (own?.region === 'excluded') return 'excluded';
    if (outer === 'masked' || own) return 'masked';
    if (outer === 'open' || !this.hasRules) return outer;
    return this.rules.unmask.match(element) >= 0 ? 'open' : 'plain';
  }

  private catch(element: ModelNode): { region: Region; rule: string } | undefined {
    const stuck = this.stuck.get(element);
    if (stuck?.region === 'excluded' || !this.hasRules) return stuck;
    const excluded = this.rules.exclude.match(element);
    const masked = excluded < 0 && !stuck ? this.rules.mask.match(element) : -1;
    if (excluded < 0 && masked < 0) return stuck;
    const caught =
      excluded >= 0
        ? { region: 'excluded' as const, rule: `exclude-${excluded + 1}` }
        : { region: 'masked' as const, rule: `mask-${masked + 1}` };
    this.stuck.set(element, caught);
    this.counts.useRule(caught.rule);
    return caught;
  }
}
