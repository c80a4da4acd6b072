import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { isEditor } from '../../redaction/page/fields';

/** Plain JSON, to resume later. */
export interface EditorState {
  /** The editor in which the user placed the caret last. */
  editorId?: number | undefined;
}

/**
 * Detects typing into rich-text editors. Recorders write no input event for them, only changes of the nodes inside; those are the user's
 * while the caret is there.
 */
export class EditorTrack {
  private editorId: number | undefined;

  constructor(saved: EditorState = {}) {
    this.editorId = saved.editorId;
  }

  save(): EditorState {
    return { editorId: this.editorId };
  }

  /** The user clicked, focused or selected something in this node. */
  noteCaret(node: ModelNode | undefined): void {
    this.editorId = editorAround(node)?.id;
  }

  clear(): void {
    this.editorId = undefined;
  }

  /** Returns the id of the editor whose content a mutation changes, if the caret is in it. */
  editedBy({ texts, adds, removes }: JsonRecord, model: DomModel): number | undefined {
    const { editorId } = this;
    const editor = editorId === undefined ? undefined : model.get(editorId);
    if (!editor) return undefined;
    const isInside = (id: unknown): boolean => isNodeId(id) && isIn(editor, model.get(id));
    const isEdited =
      listOf(texts).some((text) => isRecord(text) && isInside(text.id)) ||
      [...listOf(adds), ...listOf(removes)].some((item) => isRecord(item) && isInside(item.parentId));
    return isEdited ? editor.id : undefined;
  }
}

/** Returns the outermost editor around a node. */
function editorAround(node: ModelNode | undefined): ModelNode | undefined {
  let found: ModelNode | undefined;
  for (let next = node; next; next = next.parent) {
    const current = next;
    if (isEditor(current.tag, (name) => current.attribute(name))) found = current;
  }
  return found;
}

function isIn(editor: ModelNode, node: ModelNode | undefined): boolean {
  for (let next = node; next; next = next.parent) if (next === editor) return true;
  return false;
}
