import { EventType, IncrementalSource } from '@rrweb/types';

/**
 * The fonts that scripts of a page loaded. A recorder doesn't say which document a font belongs to, and rrweb gives all of them to the top
 * document. Text in an iframe would have another font, so each inner document gets them, too.
 */
export class FrameFonts {
  private readonly fonts: FontFace[] = [];

  /** Call for every event. Returns whether documents of iframes may lack fonts now. */
  onEvent({ type, data }: { type: number; data: unknown }): boolean {
    if (type !== EventType.IncrementalSnapshot || typeof data !== 'object' || data === null) return false;
    const { source, isAttachIframe } = data as { source?: unknown; isAttachIframe?: unknown };
    if (source === IncrementalSource.Mutation) return isAttachIframe === true && this.fonts.length > 0;
    if (source !== IncrementalSource.Font) return false;
    const font = readFont(data);
    if (font) this.fonts.push(font);
    return font !== undefined;
  }

  /** Gives the fonts to the documents of all iframes in a page. */
  spread(page: Document | null): void {
    if (this.fonts.length === 0) return;
    for (const { contentDocument } of page?.querySelectorAll('iframe') ?? []) {
      if (!contentDocument) continue;
      for (const font of this.fonts) contentDocument.fonts.add(font);
      this.spread(contentDocument);
    }
  }
}

/** Returns undefined if a browser refuses the font. */
function readFont(data: object): FontFace | undefined {
  const { family, buffer, fontSource, descriptors } = data as Record<string, unknown>;
  try {
    const source = buffer === true ? new Uint8Array(JSON.parse(String(fontSource)) as number[]) : String(fontSource);
    return new FontFace(String(family), source, descriptors ?? {});
  } catch {
    return undefined;
  }
}
