import type { RecordedEvent } from '../../../contract/recorded-event';
import type { DomModel } from '../model/dom-model';
import { EventType, IncrementalSource, NodeType } from '../events';
import type { JsonRecord } from '../json';
import type { LiveNode } from '../model/model-node';
import { writeInlineStyle } from '../model/inline-style';
import { writeMedia } from '../model/media';
import { writePointer } from '../model/pointer';
import { emptyFindings, writeAdds, writeNode, writeTree, type Findings } from '../model/write-tree';
import { defaultPage } from '../page-size';

/**
 * Returns events that bring a new Replayer or a new model to the current page: Meta, FullSnapshot with all recorded ids, and
 * incremental events for state that a full snapshot can't hold. All have the time `atMs` (recorder's clock). Empty before the first page.
 *
 * State that users and scripts changed after a node was recorded (values, scroll offsets, media, single rules and style properties) is
 * not merged into the snapshot. The last event of each kind is repeated instead, so that a browser treats it as it did before. The
 * result shares the recorded objects, which must not be changed.
 */
export function writeKeyframe(model: DomModel, atMs: number): RecordedEvent[] {
  const { root } = model;
  return root ? new KeyframeWriter(model, atMs).write(root) : [];
}

class KeyframeWriter {
  private readonly events: RecordedEvent[] = [];

  constructor(
    private readonly model: DomModel,
    private readonly atMs: number,
  ) {}

  write(root: LiveNode): RecordedEvent[] {
    const page = emptyFindings();
    const node = writeTree(root, page);
    const { x, y } = root.scroll ?? { x: 0, y: 0 };
    this.push(EventType.Meta, { ...(this.model.page ?? defaultPage) });
    this.push(EventType.FullSnapshot, { node, initialOffset: { left: x, top: y } });
    // Sheets come before the first mutation. A Replayer that seeks puts off adopting sheets from then on, and loses their changed rules.
    this.writeSheets([root], page.stated);
    for (const font of this.model.fonts.write()) this.send(IncrementalSource.Font, font);
    const inner = emptyFindings();
    const documents = this.writeInner(page, inner);
    this.writeWaiting();
    this.writeAttributes([...page.stated, ...inner.stated]);
    this.writeSheets(documents, inner.stated);
    this.writeUse([...page.stated, ...inner.stated]);
    return this.events;
  }

  /** Writes what doesn't fit into the snapshot's tree: nodes that are nested too deeply, and documents of iframes, outer before inner. */
  private writeInner(page: Findings, inner: Findings): LiveNode[] {
    inner.documents.push(...page.documents);
    inner.deep.push(...page.deep);
    const documents: LiveNode[] = [];
    this.writeDeep(inner);
    for (let index = 0; index < inner.documents.length; index++) {
      const document = inner.documents[index];
      if (!document) continue;
      documents.push(document);
      const add = { parentId: document.parent?.id, nextId: null, node: writeTree(document, inner) };
      this.mutate({ adds: [add], isAttachIframe: true });
      this.writeDeep(inner);
    }
    return documents;
  }

  private writeDeep(inner: Findings): void {
    for (const top of inner.deep.splice(0)) this.mutate({ adds: writeAdds(top, inner) });
  }

  /** Writes nodes of old recorders whose siblings are missing, and documents whose iframe is missing. */
  private writeWaiting(): void {
    const { unplaced, waiting } = this.model.tree;
    const findings = emptyFindings();
    const adds = [...unplaced].flatMap(([id, { parentId, previousId, nextId }]) => {
      const node = this.model.tree.get(id);
      if (!node) return [];
      const add = { parentId, ...(previousId !== undefined && { previousId }), nextId: nextId ?? null };
      return [{ ...add, node: writeNode(node, []) }, ...writeAdds(node, findings)];
    });
    if (adds.length > 0) this.mutate({ adds });
    for (const [parentId, node] of waiting.entries()) {
      this.mutate({ adds: [{ parentId, nextId: null, node }], isAttachIframe: true });
    }
  }

  /** Writes attributes whose names mean something else in a snapshot, and single style properties. */
  private writeAttributes(nodes: readonly LiveNode[]): void {
    const attributes: JsonRecord[] = [];
    for (const { id, state } of nodes) {
      const late = [...(state?.late ?? [])].filter(([, value]) => value !== null);
      if (late.length > 0) attributes.push({ id, attributes: Object.fromEntries(late) });
      const styles = state?.style ? writeInlineStyle(state.style) : [];
      for (const style of styles) attributes.push({ id, attributes: { style } });
    }
    if (attributes.length > 0) this.mutate({ attributes });
  }

  private writeSheets(documents: readonly LiveNode[], nodes: readonly LiveNode[]): void {
    for (const document of documents) this.writeConstructed(document);
    for (const { id, type, state } of nodes) {
      if (state?.adopted && type !== NodeType.Document) {
        this.send(IncrementalSource.AdoptedStyleSheet, { id, styleIds: state.adopted });
      }
      const changes = state?.rules?.writeChanges();
      for (const rules of changes?.rules ?? []) this.send(IncrementalSource.StyleSheetRule, { id, ...rules });
      for (const rule of changes?.declarations ?? []) this.send(IncrementalSource.StyleDeclaration, { id, ...rule });
    }
  }

  /** Writes a document's constructed sheets, whether or not it or a shadow root in it adopts them. */
  private writeConstructed(document: LiveNode): void {
    const sheets = this.model.sheets.ofDocument(document);
    const styleIds = document.state?.adopted;
    if (sheets.length === 0 && styleIds === undefined) return;
    const styles = sheets.map(([styleId, { rules }]) => ({
      styleId,
      rules: rules.writeTexts().map((rule, index) => ({ rule, index })),
    }));
    this.send(IncrementalSource.AdoptedStyleSheet, { id: document.id, styles, styleIds: styleIds ?? [] });
    for (const [styleId, { rules }] of sheets) {
      const changes = rules.writeChanges(true);
      for (const change of changes.rules) this.send(IncrementalSource.StyleSheetRule, { styleId, ...change });
      for (const change of changes.declarations) this.send(IncrementalSource.StyleDeclaration, { styleId, ...change });
    }
  }

  /** Writes the results of user actions. Values come before scroll offsets: how far a field can scroll depends on its text. */
  private writeUse(nodes: readonly LiveNode[]): void {
    for (const { id, state } of nodes) {
      const media = state?.media && writeMedia(id, state.media, this.atMs);
      if (media) this.send(IncrementalSource.MediaInteraction, media);
    }
    for (const input of this.model.inputs.write()) this.send(IncrementalSource.Input, input);
    for (const { id, state } of nodes) {
      // The page's own offset is in the snapshot too. A Replayer that seeks applies this one last, when the page has its full height.
      const isTop = id === this.model.root?.id && state?.scroll?.x === 0 && state.scroll.y === 0;
      if (state?.scroll && !isTop) this.send(IncrementalSource.Scroll, { id, ...state.scroll });
    }
    const { selection, pointer } = this.model;
    if (selection) this.send(IncrementalSource.Selection, selection);
    if (pointer) this.push(EventType.IncrementalSnapshot, writePointer(pointer));
  }

  private mutate(data: JsonRecord): void {
    this.send(IncrementalSource.Mutation, { texts: [], attributes: [], removes: [], adds: [], ...data });
  }

  private send(source: IncrementalSource, data: JsonRecord): void {
    this.push(EventType.IncrementalSnapshot, { source, ...data });
  }

  private push(type: EventType, data: JsonRecord): void {
    this.events.push({ type, data, timestamp: this.atMs });
  }
}
