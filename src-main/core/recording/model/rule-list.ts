import { isFiniteNumber, listOf, type JsonRecord } from '../json';
import { changeDeclarations, writeDeclarations, type Declared } from './declarations';
import { PropertyChanges } from './property-changes';
import { readOneRule, splitRules, type RuleSpan } from './rule-text';

/** More single insertions and deeper nesting than any real sheet has. */
const ruleLimit = 50_000;
const depthLimit = 32;

/** A rule of a list: the text's rule at index `own`, or an inserted one (-1). */
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
 * The current rules of a sheet or of a rule's block: the remaining rules of the text and the inserted ones. The text itself is never
 * rewritten. A keyframe contains the recorded text and repeats the changes. So rule indexes stay right even if the browser drops a rule
 * that this model considers valid.
 */
export class RuleList {
  /** A number is the index of an unchanged rule of the text. */
  private readonly rules: (number | Rule)[];
  private readonly spans: readonly RuleSpan[];

  constructor(
    private readonly css: string,
    private readonly depth = 0,
  ) {
    this.spans = css === '' ? [] : splitRules(css, depth > 0);
    this.rules = this.spans.map((_, index) => index);
  }

  /** Applies an `adds` entry. Returns false if a browser would refuse it, too. */
  add({ rule, index }: JsonRecord): boolean {
    if (typeof rule !== 'string') return false;
    const list = Array.isArray(index) ? this.nestedAt(index.slice(0, -1)) : this;
    const position = readIndex(Array.isArray(index) ? (index as unknown[])[index.length - 1] : index);
    return (
      list !== undefined &&
      position !== undefined &&
      list.insert(rule, list === this ? Math.min(position, list.rules.length) : position)
    );
  }

  /** Applies a `removes` entry. */
  remove({ index }: JsonRecord): boolean {
    const list = Array.isArray(index) ? this.nestedAt(index.slice(0, -1)) : this;
    const position = readIndex(Array.isArray(index) ? (index as unknown[])[index.length - 1] : index);
    if (!list || position === undefined || position >= list.rules.length) return false;
    list.rules.splice(position, 1);
    return true;
  }

  /** Applies the data of a `StyleDeclaration` event. */
  declare(data: JsonRecord): boolean {
    const path = listOf(data.index);
    const position = readIndex(path[path.length - 1]);
    const list = path.length === 1 ? this : this.nestedAt(path.slice(0, -1));
    const rule = path.length === 0 || position === undefined ? undefined : list?.ruleAt(position);
    return rule !== undefined && changeDeclarations((rule.declarations ??= new PropertyChanges()), data);
  }

  /** Returns the text of every rule in order, for a sheet that consists of single rules only. Changes inside the rules are not included. */
  writeTexts(): string[] {
    return this.rules.map((rule) => (typeof rule === 'number' ? this.ownText(rule) : rule.text));
  }

  /** Returns the changes from the text to this list, as events in order; with `isTextKnown` only those inside its rules. */
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
      // A Replayer adds before it removes, so the rules added one level above are written with those removed here.
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

  /** Returns the rule at an index as an object that can hold changes. */
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

  /** Returns the list inside the rule at a path; undefined if there is none. */
  private nestedAt(path: readonly unknown[]): RuleList | undefined {
    if (path.length === 0 || path.length > depthLimit) return undefined;
    return path.reduce<RuleList | undefined>((list, step) => {
      const index = readIndex(step);
      const rule = index === undefined ? undefined : list?.ruleAt(index);
      return rule && (rule.nested ??= new RuleList(readBlock(rule.text), (list?.depth ?? 0) + 1));
    }, this);
  }
}

function readBlock(rule: string): string {
  const [span] = splitRules(rule);
  return span && span.blockFrom >= 0 ? rule.slice(span.blockFrom, span.blockTo) : '';
}

/** Reads an index as a browser does: a missing one means the first position. */
function readIndex(index: unknown): number | undefined {
  if (index === undefined || index === null) return 0;
  return isFiniteNumber(index) && index >= 0 && index < 2 ** 32 ? Math.floor(index) : undefined;
}

function pushChange(rules: JsonRecord[], adds: JsonRecord[], removes: JsonRecord[]): void {
  if (adds.length === 0 && removes.length === 0) return;
  rules.push({ ...(adds.length > 0 && { adds }), ...(removes.length > 0 && { removes }) });
}
