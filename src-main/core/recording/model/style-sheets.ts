import { IncrementalSource, NodeType } from '../events';
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
/** The most absent hosts whose sheets are remembered, and written into every keyframe. The oldest are forgotten first. */
const hostLimit = 500;
/** Deeper than any real page. Deeper nodes have no document. */
const depthLimit = 3000;

/** A sheet that a script created. It always belongs to the same document. */
export interface ConstructedSheet {
  /** Undefined until a document or a shadow root adopts it, if it was recorded before them. */
  document: LiveNode | undefined;
  rules: RuleList;
  /** A Replayer has created it, too: it does so only for a host that can adopt sheets at that moment. */
  isBuilt: boolean;
  /** The number of documents and shadow roots that adopt it. */
  adopters: number;
}

/**
 * The style sheets of elements, whose rules change independently of the text, and those created by scripts. Their text is only
 * parsed when an event changes single rules.
 */
export class StyleSheets {
  private readonly constructed = new Map<number, ConstructedSheet>();
  /**
   * The sheets of hosts that don't exist or have no shadow root, by the host's id. They may be recorded before their host, and a host that
   * is removed and inserted again still has its shadow root with its sheets.
   */
  private readonly remembered = new Map<number, readonly number[]>();
  private charactersLeft = characterBudget;

  /** A new page has no script-created sheets; their adopters are gone with the old page. */
  clear(): void {
    this.constructed.clear();
    this.remembered.clear();
  }

  /** Call when a document or a node that adopted sheets is gone. Another document can't adopt its sheets. */
  forget(node: LiveNode): void {
    this.countAdopters(node, -1);
    if (node.type !== NodeType.Document) {
      if (node.state?.adopted?.length) this.remember(node.id, node.state.adopted);
      return;
    }
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

  /**
   * Applies an `AdoptedStyleSheet` event. `host` is undefined if there is no such node yet. Returns whether a Replayer needs
   * `writeAdoption` after the event, because a sheet was recorded before its host.
   */
  adopt(hostId: number, host: LiveNode | undefined, { styles, styleIds }: JsonRecord): boolean {
    const isReady = host !== undefined && canAdopt(host);
    const document = host && documentOf(host);
    for (const style of listOf(styles)) {
      if (!isRecord(style) || !isNodeId(style.styleId)) continue;
      const rules = new RuleList('');
      for (const rule of listOf(style.rules)) if (isRecord(rule)) rules.add(rule);
      const adopters = this.constructed.get(style.styleId)?.adopters ?? 0;
      this.constructed.delete(style.styleId);
      this.constructed.set(style.styleId, { document, rules, adopters, isBuilt: isReady });
    }
    const ids = listOf(styleIds).slice(0, adoptedLimit).filter(isNodeId);
    if (!isReady) this.remember(hostId, ids);
    const isLate = isReady && this.giveSheets(host, ids);
    if (this.constructed.size > sheetLimit) this.makeRoom();
    return isLate;
  }

  /** Call for a new document or an element with a new shadow root. Returns whether it adopts sheets that were recorded before. */
  rooted(host: LiveNode): boolean {
    const ids = this.remembered.get(host.id);
    if (!ids) return false;
    this.remembered.delete(host.id);
    this.giveSheets(host, ids);
    return true;
  }

  private remember(hostId: number, ids: readonly number[]): void {
    this.remembered.delete(hostId);
    this.remembered.set(hostId, ids);
    if (this.remembered.size <= hostLimit) return;
    for (const oldest of this.remembered.keys()) {
      this.remembered.delete(oldest);
      return;
    }
  }

  /** Lets a host adopt sheets. Returns whether one of them was never built. */
  private giveSheets(host: LiveNode, ids: readonly number[]): boolean {
    this.countAdopters(host, -1);
    stateOf(host).adopted = ids;
    this.countAdopters(host, 1);
    const document = documentOf(host);
    let isUnbuilt = false;
    for (const id of ids) {
      const sheet = this.constructed.get(id);
      if (!sheet) continue;
      sheet.document ??= document;
      isUnbuilt ||= !sheet.isBuilt;
    }
    return isUnbuilt;
  }

  /**
   * Returns the data of events that make a Replayer adopt the sheets of a host again, and create those that it doesn't have yet. The model
   * then counts them as built.
   */
  writeAdoption(host: LiveNode): JsonRecord[] {
    const styleIds = host.state?.adopted ?? [];
    const unbuilt: [number, ConstructedSheet][] = [];
    for (const id of styleIds) {
      const sheet = this.constructed.get(id);
      if (!sheet || sheet.isBuilt) continue;
      sheet.isBuilt = true;
      unbuilt.push([id, sheet]);
    }
    return writeAdoption(host.id, styleIds, unbuilt);
  }

  /** Returns the data of events for sheets whose host doesn't exist or has no shadow root yet. They are ignored until it has. */
  writeRemembered(): JsonRecord[] {
    const written = [];
    const unplaced = new Map([...this.constructed].filter(([, { document }]) => document === undefined));
    for (const [id, styleIds] of this.remembered) {
      const sheets = styleIds.flatMap((styleId): [number, ConstructedSheet][] => {
        const sheet = unplaced.get(styleId);
        unplaced.delete(styleId);
        return sheet ? [[styleId, sheet]] : [];
      });
      written.push(...writeAdoption(id, styleIds, sheets));
    }
    return written;
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

/** Returns the data of events that create the sheets and let a host adopt sheets. */
export function writeAdoption(
  id: number,
  styleIds: readonly number[],
  sheets: readonly [number, ConstructedSheet][],
): JsonRecord[] {
  const styles = sheets.map(([styleId, { rules }]) => ({
    styleId,
    rules: rules.writeTexts().map((rule, index) => ({ rule, index })),
  }));
  const source = IncrementalSource.AdoptedStyleSheet;
  const written: JsonRecord[] = [{ source, id, ...(styles.length > 0 && { styles }), styleIds }];
  for (const [styleId, { rules }] of sheets) {
    const changes = rules.writeChanges(true);
    for (const change of changes.rules) written.push({ source: IncrementalSource.StyleSheetRule, styleId, ...change });
    for (const change of changes.declarations) {
      written.push({ source: IncrementalSource.StyleDeclaration, styleId, ...change });
    }
  }
  return written;
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

function canAdopt(host: LiveNode): boolean {
  return host.type === NodeType.Document || (host.flags & NodeFlag.shadowHost) !== 0;
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
