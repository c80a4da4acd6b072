import { IncrementalSource, NodeType } from '../events';
import type { JsonRecord } from '../json';
import { separateAfterBody } from './after-body';
import { writeInlineStyle } from './inline-style';
import type { Inputs } from './inputs';
import { writeMedia } from './media';
import type { LiveNode } from './model-node';
import { writeAdoption, type StyleSheets } from './style-sheets';
import { emptyFindings, writeAdds, writeTree, type Findings } from './write-tree';

/** The state of a page besides its tree. */
export interface PageState {
  readonly inputs: Inputs;
  readonly sheets: StyleSheets;
}

/**
 * Writes what a full snapshot can't hold, as the data of incremental events: documents of iframes, single rules and style properties,
 * values, scroll offsets, media. The last event of each kind is repeated, so that a browser treats it as it did before.
 */
export class StateWriter {
  readonly written: JsonRecord[] = [];

  constructor(private readonly page: PageState) {}

  /** Writes what doesn't fit into a tree: nodes that are nested too deeply, and documents of iframes, outer before inner. */
  writeInner(inner: Findings): LiveNode[] {
    const documents: LiveNode[] = [];
    this.writeDeep(inner);
    for (let index = 0; index < inner.documents.length; index++) {
      const document = inner.documents[index];
      if (!document) continue;
      documents.push(document);
      const { node, adds } = separateAfterBody(writeTree(document, inner));
      this.mutate({ adds: [{ parentId: document.parent?.id, nextId: null, node }], isAttachIframe: true });
      if (adds.length > 0) this.mutate({ adds });
      this.writeDeep(inner);
    }
    return documents;
  }

  private writeDeep(inner: Findings): void {
    for (const top of inner.deep.splice(0)) this.mutate({ adds: writeAdds(top, inner) });
  }

  /** Writes attributes whose names mean something else in a snapshot, and single style properties. */
  writeAttributes(nodes: readonly LiveNode[]): void {
    const attributes: JsonRecord[] = [];
    for (const { id, state } of nodes) {
      const late = [...(state?.late ?? [])].filter(([, value]) => value !== null);
      if (late.length > 0) attributes.push({ id, attributes: Object.fromEntries(late) });
      const styles = state?.style ? writeInlineStyle(state.style) : [];
      for (const style of styles) attributes.push({ id, attributes: { style } });
    }
    if (attributes.length > 0) this.mutate({ attributes });
  }

  writeSheets(documents: readonly LiveNode[], nodes: readonly LiveNode[]): void {
    for (const document of documents) this.writeConstructed(document);
    for (const { id, type, state } of nodes) {
      if (state?.adopted && type !== NodeType.Document) this.written.push(...writeAdoption(id, state.adopted, []));
      const changes = state?.rules?.writeChanges();
      for (const rules of changes?.rules ?? []) this.send(IncrementalSource.StyleSheetRule, { id, ...rules });
      for (const rule of changes?.declarations ?? []) this.send(IncrementalSource.StyleDeclaration, { id, ...rule });
    }
  }

  /** Writes a document's constructed sheets, whether or not it or a shadow root in it adopts them. */
  private writeConstructed(document: LiveNode): void {
    const sheets = this.page.sheets.ofDocument(document);
    const styleIds = document.state?.adopted;
    if (sheets.length > 0 || styleIds) this.written.push(...writeAdoption(document.id, styleIds ?? [], sheets));
  }

  writeMedia(nodes: readonly LiveNode[], atMs: number): void {
    for (const { id, state } of nodes) {
      const media = state?.media && writeMedia(id, state.media, atMs);
      if (media) this.send(IncrementalSource.MediaInteraction, media);
    }
  }

  /** Writes the values of the fields with these ids, or of all fields. */
  writeInputs(ids?: ReadonlySet<unknown>): void {
    for (const input of this.page.inputs.write()) {
      if (ids?.has(input.id) ?? true) this.send(IncrementalSource.Input, input);
    }
  }

  /** Call after `writeInputs`: how far a field can scroll depends on its text. */
  writeScrolls(nodes: readonly LiveNode[]): void {
    for (const { id, state } of nodes) if (state?.scroll) this.send(IncrementalSource.Scroll, { id, ...state.scroll });
  }

  mutate(data: JsonRecord): void {
    this.send(IncrementalSource.Mutation, { texts: [], attributes: [], removes: [], adds: [], ...data });
  }

  send(source: IncrementalSource, data: JsonRecord): void {
    this.written.push({ source, ...data });
  }
}

/** Writes documents of iframes with everything in them, as the data of incremental events. */
export function writeDocuments(page: PageState, documents: readonly LiveNode[], atMs: number): JsonRecord[] {
  const writer = new StateWriter(page);
  const findings = emptyFindings();
  findings.documents.push(...documents);
  const all = writer.writeInner(findings);
  writer.writeAttributes(findings.stated);
  writer.writeSheets(all, findings.stated);
  writer.writeMedia(findings.stated, atMs);
  writer.writeInputs(new Set(findings.stated.map(({ id }) => id)));
  writer.writeScrolls(findings.stated);
  return writer.written;
}
