import { isFiniteNumber, listOf, type JsonRecord } from '../json';
import { changeDeclarations, writeDeclarations, type Declared } from './declarations';
import { PropertyChanges } from './property-changes';
import { readOneRule, splitRules, type RuleSpan } from './rule-text';

/** No sheet of a real page has more rules put in one by one, and none is nested deeper. */
const ruleLimit = 50_000;
const depthLimit = 32;

/** A rule of a list: the rule of the text with that number, or an inserted one. */
interface Rule {
  readonly own: number;
  readonly text: string;
  nested: RuleList | undefined;
  declarations: PropertyChanges<Declared> | undefined;
}

/** Adds and removes of `StyleSheetRule` events, and declarations of `StyleDeclaration` events, without their sheet's id. */
export interface RuleChanges {
  rules: JsonRecord[];
  declarations: JsonRecord[];
}

/**
 * The rules of a sheet, or of a rule's block, as changes leave them: which of the text's own are still there, and what was put in
 * between. The text itself is never written anew. A keyframe hands it to the browser as it was recorded and repeats the changes, so
 * that both count the rules alike even where this model took a rule for valid that the browser drops.
 */
export class RuleList {
  /** A number stands for the text's own rule of that number, untouched. */
  private readonly rules: (number | Rule)[];
  private readonly spans: readonly RuleSpan[];

  constructor(
    private readonly css: string,
    private readonly depth = 0,
  ) {
    this.spans = css === '' ? [] : splitRules(css, depth > 0);
    this.rules = this.spans.map((_, index) => index);
  }

  /** An `adds` entry. False where a browser would have refused it too. */
  add({ rule, index }: JsonRecord): boolean {
    if (typeof rule !== 'string') return false;
    const list = Array.isArray(index) ? this.nestedAt(index.slice(0, -1)) : this;
    const place = readPlace(Array.isArray(index) ? (index as unknown[])[index.length - 1] : index);
    return (
      list !== undefined &&
      place !== undefined &&
      list.insert(rule, list === this ? Math.min(place, list.rules.length) : place)
    );
  }

  /** A `removes` entry. */
  remove({ index }: JsonRecord): boolean {
    const list = Array.isArray(index) ? this.nestedAt(index.slice(0, -1)) : this;
    const place = readPlace(Array.isArray(index) ? (index as unknown[])[index.length - 1] : index);
    if (!list || place === undefined || place >= list.rules.length) return false;
    list.rules.splice(place, 1);
    return true;
  }

  /** The data of a `StyleDeclaration` event. */
  declare(data: JsonRecord): boolean {
    const path = listOf(data.index);
    const place = readPlace(path[path.length - 1]);
    const list = path.length === 1 ? this : this.nestedAt(path.slice(0, -1));
    const rule = path.length === 0 || place === undefined ? undefined : list?.ruleAt(place);
    return rule !== undefined && changeDeclarations((rule.declarations ??= new PropertyChanges()), data);
  }

  /** Every rule's text in order, for a sheet that is made of nothing but single rules. What changed inside them is not in it. */
  writeTexts(): string[] {
    return this.rules.map((rule) => (typeof rule === 'number' ? this.ownText(rule) : rule.text));
  }

  /** The changes that lead from the text to this list, as events in order; with `isTextKnown` only those inside its rules. */
  writeChanges(isTextKnown = false): RuleChanges {
    const changes: RuleChanges = { rules: [], declarations: [] };
    let level: { list: RuleList; path: number[] }[] = [{ list: this, path: [] }];
    let adds: JsonRecord[] = [];
    for (let depth = 0; level.length > 0; depth++) {
      const removes: JsonRecord[] = [];
      const addsHere: JsonRecord[] = [];
      const below: typeof level = [];
      for (const { list, path } of level) {
        if (depth > 0 || !isTextKnown) list.writeOwn(path, addsHere, removes);
        list.writeInside(path, below, changes.declarations);
      }
      // A Replayer puts in first and takes out after, so the rules put in a level above go with those taken out here.
      pushChange(changes.rules, adds, removes);
      adds = addsHere;
      level = below;
    }
    pushChange(changes.rules, adds, []);
    return changes;
  }

  private writeOwn(path: readonly number[], adds: JsonRecord[], removes: JsonRecord[]): void {
    const at = (index: number): unknown => (path.length === 0 ? index : [...path, index]);
    const kept = new Set<number>();
    this.rules.forEach((rule, index) => {
      const own = typeof rule === 'number' ? rule : rule.own;
      if (own >= 0) kept.add(own);
      else if (typeof rule !== 'number') adds.push({ rule: rule.text, index: at(index) });
    });
    for (let own = this.spans.length - 1; own >= 0; own--) if (!kept.has(own)) removes.push({ index: at(own) });
  }

  private writeInside(
    path: readonly number[],
    below: { list: RuleList; path: number[] }[],
    declarations: JsonRecord[],
  ): void {
    this.rules.forEach((rule, index) => {
      if (typeof rule === 'number') return;
      if (rule.nested) below.push({ list: rule.nested, path: [...path, index] });
      const changes = rule.declarations ? writeDeclarations(rule.declarations) : [];
      for (const change of changes) declarations.push({ index: [...path, index], ...change });
    });
  }

  private insert(text: string, index: number): boolean {
    if (index > this.rules.length || this.rules.length >= this.spans.length + ruleLimit) return false;
    if (readOneRule(text) === undefined) return false;
    const rule: Rule = { own: -1, text, nested: undefined, declarations: undefined };
    if (index === this.rules.length) this.rules.push(rule);
    else this.rules.splice(index, 0, rule);
    return true;
  }

  /** The rule at a place as an object that can hold changes. */
  private ruleAt(index: number): Rule | undefined {
    const rule = this.rules[index];
    if (typeof rule !== 'number') return rule;
    const changed: Rule = { own: rule, text: this.ownText(rule), nested: undefined, declarations: undefined };
    this.rules[index] = changed;
    return changed;
  }

  private ownText(own: number): string {
    const span = this.spans[own];
    return span ? this.css.slice(span.from, span.to) : '';
  }

  /** The list inside the rule at a path; undefined where there is none. */
  private nestedAt(path: readonly unknown[]): RuleList | undefined {
    if (path.length === 0 || path.length > depthLimit) return undefined;
    return path.reduce<RuleList | undefined>((list, step) => {
      const index = readPlace(step);
      const rule = index === undefined ? undefined : list?.ruleAt(index);
      return rule && (rule.nested ??= new RuleList(readBlock(rule.text), (list?.depth ?? 0) + 1));
    }, this);
  }
}

function readBlock(rule: string): string {
  const [span] = splitRules(rule);
  return span && span.blockFrom >= 0 ? rule.slice(span.blockFrom, span.blockTo) : '';
}

/** An index as a browser reads it: none stands for the first place. */
function readPlace(index: unknown): number | undefined {
  if (index === undefined || index === null) return 0;
  return isFiniteNumber(index) && index >= 0 && index < 2 ** 32 ? Math.floor(index) : undefined;
}

function pushChange(rules: JsonRecord[], adds: JsonRecord[], removes: JsonRecord[]): void {
  if (adds.length === 0 && removes.length === 0) return;
  rules.push({ ...(adds.length > 0 && { adds }), ...(removes.length > 0 && { removes }) });
}
