import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource } from '../events';
import type { JsonRecord } from '../json';
import { separateAfterBody } from '../model/after-body';
import type { DomModel } from '../model/dom-model';
import { writeFullscreen } from '../model/fullscreen';
import type { LiveNode } from '../model/model-node';
import { writePointer } from '../model/pointer';
import { StateWriter } from '../model/write-state';
import { emptyFindings, writeAdds, writeNode, writeTree } from '../model/write-tree';
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
    const { model, atMs } = this;
    const page = emptyFindings();
    const { node, adds } = separateAfterBody(writeTree(root, page));
    const { x, y } = root.scroll ?? { x: 0, y: 0 };
    this.push(EventType.Meta, { ...(model.page ?? defaultPage) });
    this.push(EventType.FullSnapshot, { node, initialOffset: { left: x, top: y } });
    const writer = new StateWriter(model);
    // Sheets come before the first mutation. A Replayer that seeks puts off adopting sheets from then on, and loses their changed rules.
    const later = new Set(adds.length > 0 ? idsOf(adds) : []);
    const inTree = later.size > 0 ? page.stated.filter(({ id }) => !later.has(id)) : page.stated;
    writer.writeSheets([root], inTree);
    for (const font of model.fonts.write()) writer.send(IncrementalSource.Font, font);
    if (adds.length > 0) writer.mutate({ adds });
    const inner = emptyFindings();
    inner.documents.push(...page.documents);
    inner.deep.push(...page.deep);
    const documents = writer.writeInner(inner);
    this.writeWaiting(writer);
    const stated = [...page.stated, ...inner.stated];
    writer.writeAttributes(stated);
    writer.writeSheets(documents, [...page.stated.filter(({ id }) => later.has(id)), ...inner.stated]);
    writer.written.push(...model.sheets.writeRemembered());
    writer.writeMedia(stated, atMs);
    writer.writeInputs();
    // The page's own offset is in the snapshot too. A Replayer that seeks applies this one last, when the page has its full height.
    writer.writeScrolls(x === 0 && y === 0 ? stated.filter(({ id }) => id !== root.id) : stated);
    const { selection, pointer } = model;
    if (selection) writer.send(IncrementalSource.Selection, selection);
    if (pointer) writer.written.push(writePointer(pointer));
    for (const data of writer.written) this.push(EventType.IncrementalSnapshot, data);
    const { fullscreenId } = model;
    if (fullscreenId !== undefined) this.push(EventType.Custom, writeFullscreen({ id: fullscreenId, isEntered: true }));
    return this.events;
  }

  /** Writes nodes of old recorders whose siblings are missing, and documents whose iframe is missing. */
  private writeWaiting(writer: StateWriter): void {
    const { unplaced, waiting } = this.model.tree;
    const findings = emptyFindings();
    const adds = [...unplaced].flatMap(([id, { parentId, previousId, nextId }]) => {
      const node = this.model.tree.get(id);
      if (!node) return [];
      const add = { parentId, ...(previousId !== undefined && { previousId }), nextId: nextId ?? null };
      return [{ ...add, node: writeNode(node, []) }, ...writeAdds(node, findings)];
    });
    if (adds.length > 0) writer.mutate({ adds });
    for (const [parentId, node] of waiting.entries()) {
      writer.mutate({ adds: [{ parentId, nextId: null, node }], isAttachIframe: true });
    }
  }

  private push(type: EventType, data: JsonRecord): void {
    this.events.push({ type, data, timestamp: this.atMs });
  }
}

function idsOf(adds: readonly JsonRecord[]): unknown[] {
  return adds.map(({ node }) => (node as JsonRecord).id);
}
