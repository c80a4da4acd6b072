import { missingKinds, type MissingFiles, type MissingKind, type MissingOnPage } from '../../../contract/session';
import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, NodeType } from '../events';
import { isRecord, listOf } from '../json';
import { findCssFiles } from './css-files';
import type { DomModel, LiveNode, ModelNode } from './dom-model';
import { NodeFlag } from './model-node';

/** A recording that refers to more pages or files is counted up to here. */
const pageLimit = 200;
const fileLimit = 20_000;
const addressLimit = 500;
/** The names that are listed for each kind and page, and in all. */
const namesOfKind = 20;
const namesInAll = 400;

/** The files of one page, by kind and address. */
type PageFiles = Record<MissingKind, Set<string>>;

/** The state from which the count continues later, as plain JSON. */
export type MissingState = { windowId: string; page: string; files: Record<MissingKind, string[]> }[];

/**
 * Collects the files that pages refer to and that aren't in the recording: images, fonts, style sheets, documents of frames, and media. A file
 * counts if the page refers to it, whether or not anybody saw it. It counts once per page.
 */
export class MissingFileCount {
  private readonly pages = new Map<string, { windowId: string; page: string; files: PageFiles }>();
  /** Style sheets and frames whose content may still come, by window. */
  private readonly open = new Map<string, Map<ModelNode, [kind: MissingKind, address: string]>>();
  private readonly current = new Map<string, PageFiles>();
  private count = 0;

  constructor(resume: MissingState = []) {
    for (const { windowId, page, files } of resume) {
      const known = this.pageFiles(windowId, page);
      for (const kind of missingKinds) for (const address of files[kind]) this.note(known, kind, address);
    }
  }

  /**
   * Call for each event after it was applied to the page of its window, which has to report its changed nodes (`reportFiles`).
   * @param isCounted  files of other nodes are left out
   */
  add(
    windowId: string,
    event: RecordedEvent,
    model: DomModel,
    isCounted: (node: ModelNode) => boolean = () => true,
  ): void {
    const changed = model.takeFileNodes();
    if (event.type === EventType.FullSnapshot) this.startPage(windowId, model);
    const files = this.current.get(windowId);
    if (!files) return;
    for (const node of changed) if (model.get(node.id) === node && isCounted(node)) this.read(windowId, files, node);
    this.readEvent(files, event);
  }

  save(): MissingState {
    return [...this.pages.values()].map(({ windowId, page, files }) => ({
      windowId,
      page,
      files: Object.fromEntries(missingKinds.map((kind) => [kind, [...files[kind]]])) as Record<MissingKind, string[]>,
    }));
  }

  /** Returns the pages with missing files, in the order in which they were first shown. */
  finish(): MissingOnPage[] {
    for (const windowId of this.open.keys()) this.closePage(windowId);
    let namesLeft = namesInAll;
    return [...this.pages.values()].flatMap(({ windowId, page, files }) => {
      const found: Partial<Record<MissingKind, MissingFiles>> = {};
      for (const kind of missingKinds) {
        const { size } = files[kind];
        if (size === 0) continue;
        const names = [...new Set([...files[kind]].map(nameOf))].slice(0, Math.min(namesOfKind, namesLeft));
        namesLeft -= names.length;
        found[kind] = { count: size, names };
      }
      return Object.keys(found).length === 0 ? [] : [{ windowId, page, ...found }];
    });
  }

  private startPage(windowId: string, model: DomModel): void {
    this.closePage(windowId);
    const page = (model.page?.href ?? '').slice(0, addressLimit);
    this.current.set(windowId, this.pageFiles(windowId, page));
  }

  private closePage(windowId: string): void {
    const files = this.current.get(windowId);
    for (const [kind, address] of this.open.get(windowId)?.values() ?? []) if (files) this.note(files, kind, address);
    this.open.delete(windowId);
  }

  private pageFiles(windowId: string, page: string): PageFiles {
    const key = JSON.stringify([windowId, page]);
    const known = this.pages.get(key);
    if (known) return known.files;
    const files = Object.fromEntries(missingKinds.map((kind) => [kind, new Set<string>()])) as PageFiles;
    if (this.pages.size < pageLimit) this.pages.set(key, { windowId, page, files });
    return files;
  }

  private note(files: PageFiles, kind: MissingKind, address: string): void {
    if (this.count >= fileLimit || files[kind].has(address)) return;
    files[kind].add(address);
    this.count++;
  }

  private read(windowId: string, files: PageFiles, node: LiveNode): void {
    if (node.type === NodeType.Text) {
      if (node.parent?.tag === 'style' || (node.flags & NodeFlag.styleText) !== 0) this.readCss(files, node.text);
      return;
    }
    // Its document has arrived.
    if (node.type === NodeType.Document) {
      if (node.parent) this.open.get(windowId)?.delete(node.parent);
      return;
    }
    this.readCss(files, node.attribute('_cssText'));
    this.readCss(files, node.attribute('style'));
    for (const [kind, address] of filesOf(node)) if (isMissing(address)) this.note(files, kind, toAddress(address));
    const awaited = awaitedFile(node);
    const open = this.open.get(windowId);
    if (!awaited || !isMissing(awaited[1])) open?.delete(node);
    else if (open) open.set(node, [awaited[0], toAddress(awaited[1])]);
    else this.open.set(windowId, new Map([[node, [awaited[0], toAddress(awaited[1])]]]));
  }

  private readCss(files: PageFiles, css: unknown): void {
    if (typeof css !== 'string') return;
    for (const [kind, address] of findCssFiles(css)) this.note(files, kind, address.slice(0, addressLimit));
  }

  /** Reads the rules and fonts that scripts add. */
  private readEvent(files: PageFiles, { type, data }: RecordedEvent): void {
    if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return;
    const readRules = (rules: unknown): void => {
      for (const added of listOf(rules)) if (isRecord(added)) this.readCss(files, added.rule);
    };
    switch (data.source) {
      case IncrementalSource.Font:
        if (data.buffer === true || typeof data.family !== 'string') return;
        return this.readCss(files, `@font-face{font-family:"${data.family}";src:${String(data.fontSource)}}`);
      case IncrementalSource.StyleSheetRule:
        readRules(data.adds);
        this.readCss(files, data.replace);
        return this.readCss(files, data.replaceSync);
      case IncrementalSource.AdoptedStyleSheet:
        for (const style of listOf(data.styles)) if (isRecord(style)) readRules(style.rules);
    }
  }
}

/** Returns the files that an element shows, whether or not they are in the recording. */
function filesOf(node: LiveNode): [MissingKind, unknown][] {
  switch (node.tag) {
    case 'img':
      return node.attribute('rr_dataURL') === undefined ? [['images', node.attribute('src') ?? firstOf(node)]] : [];
    case 'input':
      return node.attribute('type') === 'image' ? [['images', node.attribute('src')]] : [];
    case 'image':
    case 'feimage':
    case 'use':
      return [['images', node.attribute('href') ?? node.attribute('xlink:href')]];
    case 'video':
      return [
        ['images', node.attribute('poster')],
        ['media', node.attribute('src')],
      ];
    case 'audio':
      return [['media', node.attribute('src')]];
    case 'source':
      return node.parent?.tag === 'video' || node.parent?.tag === 'audio' ? [['media', node.attribute('src')]] : [];
    case 'embed':
      return [['media', node.attribute('src')]];
    case 'object':
      return [['media', node.attribute('data')]];
    default:
      return [];
  }
}

function firstOf(image: LiveNode): string | undefined {
  const set = image.attribute('srcset');
  return typeof set === 'string' ? set.trim().split(/\s+/, 1)[0] : undefined;
}

/** Returns the style sheet or the document of an element, if its content has not been recorded so far. */
function awaitedFile(node: LiveNode): [MissingKind, unknown] | undefined {
  if (node.tag === 'iframe' || node.tag === 'frame') {
    return node.first ? undefined : ['frames', node.attribute('src') ?? node.attribute('rr_src')];
  }
  if (node.tag !== 'link' || typeof node.attribute('_cssText') === 'string') return undefined;
  const rel = node.attribute('rel');
  const kinds = typeof rel === 'string' ? rel.toLowerCase().split(/\s+/) : [];
  const isUsed = kinds.includes('stylesheet') && !kinds.includes('alternate') && node.attribute('media') !== 'print';
  return isUsed && node.attribute('disabled') === undefined ? ['sheets', node.attribute('href')] : undefined;
}

/** Addresses inside the page or with their content in them, and those without content. */
const contained = /^(?:$|#|data:|about:|javascript:)/i;

function isMissing(address: unknown): address is string {
  return typeof address === 'string' && !contained.test(address.trim());
}

function toAddress(address: unknown): string {
  return String(address).trim().replace(/#.*/s, '').slice(0, addressLimit);
}

function nameOf(address: string): string {
  return address.replace(/\?.*/s, '');
}
