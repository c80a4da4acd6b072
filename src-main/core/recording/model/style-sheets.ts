import { NodeType } from '../events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../json';
import { NodeFlag, type LiveNode } from './model-node';
import { joinCss, splitCss } from './css-splits';
import { stateOf } from './node-state';
import { RuleList } from './rule-list';

/** The most sheets that a page keeps. Sheets without an adopter are dropped first, oldest first. */
const sheetLimit = 2000;
/** The total number of style sheet characters that a model parses. It limits the cost of texts that change as often as their rules. */
const characterBudget = 100_000_000;
/** The most sheets that one document or shadow root can adopt. */
const adoptedLimit = 1000;
/** Deeper than any real page. Deeper nodes have no document. */
const depthLimit = 3000;

/** A sheet that a script created. It always belongs to the same document. */
export interface ConstructedSheet {
  readonly document: LiveNode;
  rules: RuleList;
  /** The number of documents and shadow roots that adopt it. */
  adopters: number;
}

/**
 * The style sheets of elements, whose rules change independently of the text, and those created by scripts. Their text is only
 * parsed when an event changes single rules.
 */
export class StyleSheets {
  private readonly constructed = new Map<number, ConstructedSheet>();
  private charactersLeft = characterBudget;

  /** A new page has no script-created sheets; their adopters are gone with the old page. */
  clear(): void {
    this.constructed.clear();
  }

  /** Call when a document or a node that adopted sheets is gone. Another document can't adopt its sheets. */
  forget(node: LiveNode): void {
    this.countAdopters(node, -1);
    if (node.type !== NodeType.Document || this.constructed.size === 0) return;
    for (const [id, sheet] of this.constructed) if (sheet.document === node) this.constructed.delete(id);
  }

  /** Applies a `StyleSheetRule` event to a script-created sheet. Returns whether anything changed; undefined if there is no such sheet. */
  changeConstructed(styleId: number, data: JsonRecord): boolean | undefined {
    const sheet = this.constructed.get(styleId);
    if (!sheet) return undefined;
    let isChanged = changeRules(sheet.rules, data);
    for (const text of [data.replace, data.replaceSync]) {
      if (typeof text !== 'string') continue;
      sheet.rules = this.listRules(text);
      isChanged = true;
    }
    return isChanged;
  }

  declareConstructed(styleId: number, data: JsonRecord): boolean | undefined {
    return this.constructed.get(styleId)?.rules.declare(data);
  }

  /** Returns the mutable rules of an element's sheet; undefined if it has no sheet. */
  rulesOf(node: LiveNode): RuleList | undefined {
    if (!hasSheet(node)) return undefined;
    const state = stateOf(node);
    return (state.rules ??= this.listRules(this.readSheetText(node)));
  }

  private readSheetText(element: LiveNode): string {
    const css = element.attribute('_cssText');
    if (typeof css === 'string') return joinCss(css);
    let text = '';
    for (let child = element.first; child && this.charactersLeft > 0; child = child.next, this.charactersLeft--) {
      if (child.type === NodeType.Text) text += child.text;
    }
    return text;
  }

  /** Applies an `AdoptedStyleSheet` event. Returns false if its host can't adopt sheets. */
  adopt(host: LiveNode, { styles, styleIds }: JsonRecord): boolean {
    if (host.type !== NodeType.Document && (host.flags & NodeFlag.shadowHost) === 0) return false;
    const document = documentOf(host);
    for (const style of document ? listOf(styles) : []) {
      if (!document || !isRecord(style) || !isNodeId(style.styleId)) continue;
      const rules = new RuleList('');
      for (const rule of listOf(style.rules)) if (isRecord(rule)) rules.add(rule);
      const adopters = this.constructed.get(style.styleId)?.adopters ?? 0;
      this.constructed.delete(style.styleId);
      this.constructed.set(style.styleId, { document, rules, adopters });
    }
    this.countAdopters(host, -1);
    stateOf(host).adopted = listOf(styleIds).slice(0, adoptedLimit).filter(isNodeId);
    this.countAdopters(host, 1);
    if (this.constructed.size > sheetLimit) this.makeRoom();
    return true;
  }

  /** Returns the sheets that belong to a document, by id. */
  ofDocument(document: LiveNode): [number, ConstructedSheet][] {
    return [...this.constructed].filter(([, sheet]) => sheet.document === document);
  }

  private countAdopters(host: LiveNode, step: number): void {
    for (const id of host.state?.adopted ?? []) {
      const sheet = this.constructed.get(id);
      if (sheet) sheet.adopters += step;
    }
  }

  private makeRoom(): void {
    for (const [id, { adopters }] of this.constructed) {
      if (this.constructed.size <= sheetLimit) return;
      if (adopters <= 0) this.constructed.delete(id);
    }
    for (const id of this.constructed.keys()) {
      if (this.constructed.size <= sheetLimit) return;
      this.constructed.delete(id);
    }
  }

  private listRules(css: string): RuleList {
    this.charactersLeft -= css.length;
    return new RuleList(this.charactersLeft < 0 ? '' : css);
  }
}

/** Applies the adds and removes of a `StyleSheetRule` event. Returns whether anything changed. */
export function changeRules(rules: RuleList, { adds, removes }: JsonRecord): boolean {
  let isChanged = false;
  for (const add of listOf(adds)) if (isRecord(add) && rules.add(add)) isChanged = true;
  for (const remove of listOf(removes)) if (isRecord(remove) && rules.remove(remove)) isChanged = true;
  return isChanged;
}

/**
 * Call before text under an element with a sheet changes. The browser then parses the sheet again, so changes to its rules are lost.
 * A recorded `_cssText` is split into the text nodes that it came from, because only one of them changes.
 */
export function breakSheet(element: LiveNode): void {
  if (element.state) element.state.rules = undefined;
  const css = element.attribute('_cssText');
  if (typeof css !== 'string' || !element.first) return;
  const texts: LiveNode[] = [];
  for (let child: LiveNode | undefined = element.first; child; child = child.next) {
    if (child.type === NodeType.Text) texts.push(child);
  }
  splitCss(css, texts.length).forEach((text, index) => {
    const node = texts[index];
    if (!node) return;
    node.text = text;
    node.flags |= NodeFlag.styleText;
  });
  element.removeAttribute('_cssText');
}

/** Call for a text that is about to become the first child. It takes the text that `_cssText` held. */
export function giveSheetText(element: LiveNode, text: LiveNode): void {
  const css = element.attribute('_cssText');
  if (typeof css !== 'string' || element.first) return;
  text.text = css;
  text.flags |= NodeFlag.styleText;
  element.removeAttribute('_cssText');
}

/** A `<link>` has a sheet only if its text was recorded with it. It is then rebuilt as a `<style>`. */
function hasSheet(node: LiveNode): boolean {
  return node.tag === 'style' || (node.tag === 'link' && typeof node.attribute('_cssText') === 'string');
}

/** Returns the document of a node; undefined if it is in none. */
function documentOf(node: LiveNode): LiveNode | undefined {
  let top: LiveNode | undefined = node;
  for (let depth = 0; top && top.type !== NodeType.Document; depth++) top = depth < depthLimit ? top.parent : undefined;
  return top;
}
