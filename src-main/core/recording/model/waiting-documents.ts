import type { SerializedNode } from './model-node';

/** The most waiting documents. They are written into every keyframe. */
const waitingLimit = 100;

/** Documents whose iframe doesn't exist yet, by the id of that iframe. They survive full snapshots, as they do in the Replayer. */
export class WaitingDocuments {
  private readonly documents = new Map<number, SerializedNode>();

  /** Keeps the first of two documents for one iframe. Returns false if the limit is reached. */
  keep(iframeId: number, document: SerializedNode): boolean {
    if (this.documents.has(iframeId)) return true;
    if (this.documents.size >= waitingLimit) return false;
    this.documents.set(iframeId, document);
    return true;
  }

  take(iframeId: number): SerializedNode | undefined {
    if (this.documents.size === 0) return undefined;
    const document = this.documents.get(iframeId);
    this.documents.delete(iframeId);
    return document;
  }

  entries(): Iterable<[iframeId: number, document: SerializedNode]> {
    return this.documents;
  }
}
