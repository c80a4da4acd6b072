import { EventType, IncrementalSource } from '@rrweb/types';
import { painted } from '../paint';
import { giveBox } from './canvas-box';
import { drawnMark } from './canvas-style';
import { readDrawing, readImageUrl } from './read-drawing';
import { Surface } from './surface';

/** The part of rrweb's mirror that is used. */
interface NodeMirror {
  getMeta(node: Node): unknown;
}

interface ShownCanvas {
  surface: Surface;
  url: string | undefined;
  isBusy: boolean;
  isDirty: boolean;
}

const surfaceLimit = 200;
/** Encoding an image takes time, so the images of one canvas are at least this far apart, ms. */
const imageIntervalMs = 100;

/** The canvases of one scene: shows the drawing of each recorded canvas element as its background image. */
export class CanvasLayer {
  private readonly canvases = new Map<number, ShownCanvas>();
  /** Elements that rrweb built. They are handled after the event that added them. */
  private readonly built: { id: number; image: string | undefined }[] = [];
  private isClosed = false;

  constructor(private readonly findNode: (id: number) => Node | null) {}

  /** Call for every node that rrweb builds. */
  adopt(node: unknown, id: number, mirror: NodeMirror): void {
    if ((node as Node).nodeName !== 'CANVAS') return;
    const meta = mirror.getMeta(node as Node) as { attributes?: Record<string, unknown> } | null;
    this.built.push({ id, image: readImageUrl(meta?.attributes?.['rr_dataURL']) });
  }

  /** Call for every event after it has been applied to the page. */
  onEvent({ type, data }: { type: number; data: unknown }): void {
    if (type === EventType.FullSnapshot) this.forgetAll();
    if (this.built.length > 0) this.handleBuilt();
    if (type !== EventType.IncrementalSnapshot || typeof data !== 'object' || data === null) return;
    const { source, id, attributes } = data as { source?: unknown; id?: unknown; attributes?: unknown };
    if (source === IncrementalSource.CanvasMutation && typeof id === 'number') this.surface(id)?.add(readDrawing(data));
    else if (source === IncrementalSource.Mutation && this.canvases.size > 0 && Array.isArray(attributes)) {
      this.applyAttributes(attributes);
    }
  }

  /** Call after several events were applied together: rrweb builds their elements at the end. */
  refresh(): void {
    if (this.built.length > 0) this.handleBuilt();
    for (const [id, shown] of this.canvases) {
      this.measure(id, shown);
      this.setBackground(id, shown);
    }
  }

  /** Resolves when every canvas shows its latest known image. */
  async settled(): Promise<void> {
    await Promise.all([...this.canvases].map(([id, shown]) => this.show(id, shown)));
  }

  close(): void {
    this.isClosed = true;
    this.forgetAll();
  }

  private forgetAll(): void {
    for (const { url } of this.canvases.values()) if (url) URL.revokeObjectURL(url);
    this.canvases.clear();
  }

  private handleBuilt(): void {
    for (const { id, image } of this.built.splice(0)) {
      const surface = this.surface(id);
      const shown = this.canvases.get(id);
      if (!surface || !shown) continue;
      this.measure(id, shown);
      if (image) surface.begin(image);
      else this.setBackground(id, shown);
    }
  }

  private applyAttributes(changes: readonly unknown[]): void {
    for (const change of changes) {
      const { id, attributes } = (change ?? {}) as { id?: unknown; attributes?: unknown };
      const shown = typeof id === 'number' ? this.canvases.get(id) : undefined;
      if (!shown || typeof id !== 'number' || typeof attributes !== 'object' || attributes === null) continue;
      if ('width' in attributes || 'height' in attributes) this.measure(id, shown, true);
      this.setBackground(id, shown);
    }
  }

  private surface(id: number): Surface | undefined {
    const known = this.canvases.get(id);
    if (known) return known.surface;
    if (this.canvases.size >= surfaceLimit) return undefined;
    const shown: ShownCanvas = {
      surface: new Surface(() => {
        shown.isDirty = true;
        if (this.canvases.get(id) === shown) void this.show(id, shown);
      }),
      url: undefined,
      isBusy: false,
      isDirty: false,
    };
    this.canvases.set(id, shown);
    return shown.surface;
  }

  private measure(id: number, { surface }: ShownCanvas, isSet = false): void {
    const canvas = this.element(id);
    if (!canvas) return;
    giveBox(canvas);
    surface.resize(canvas.width, canvas.height, isSet);
  }

  private element(id: number): HTMLCanvasElement | undefined {
    const node = this.findNode(id);
    return node?.nodeName === 'CANVAS' ? (node as HTMLCanvasElement) : undefined;
  }

  /** Updates the canvas's image in the page until it is the newest one, at most once per `imageIntervalMs`. */
  private async show(id: number, shown: ShownCanvas): Promise<void> {
    if (shown.isBusy) return;
    shown.isBusy = true;
    try {
      await shown.surface.settled();
      while (shown.isDirty && !this.isClosed && this.canvases.get(id) === shown) {
        shown.isDirty = false;
        await this.updateImage(id, shown);
        if (shown.isDirty) await new Promise((resolve) => setTimeout(resolve, imageIntervalMs));
      }
    } finally {
      shown.isBusy = false;
    }
  }

  private async updateImage(id: number, shown: ShownCanvas): Promise<void> {
    const blob = await shown.surface.toBlob();
    const canvas = this.element(id);
    const before = shown.url;
    if (!blob) shown.url = undefined;
    else {
      const url = URL.createObjectURL(blob);
      const image = canvas?.ownerDocument.createElement('img') ?? new Image();
      image.src = url;
      const isReadable = await image.decode().then(
        () => true,
        () => false,
      );
      if (isReadable) shown.url = url;
      else URL.revokeObjectURL(url);
    }
    if (this.canvases.get(id) !== shown) return;
    // The old image stays under the new one until that is painted.
    this.setBackground(id, shown, before);
    if (!before || before === shown.url) return;
    await painted();
    this.setBackground(id, shown);
    URL.revokeObjectURL(before);
  }

  private setBackground(id: number, { url }: ShownCanvas, under?: string): void {
    const style = this.element(id)?.style;
    if (!style) return;
    if (!url) {
      for (const property of [drawnMark, ...Object.keys(background), 'background-image'])
        style.removeProperty(property);
      return;
    }
    style.setProperty(drawnMark, '1');
    for (const [property, value] of Object.entries(background)) style.setProperty(property, value, 'important');
    const layers = under && under !== url ? [url, under] : [url];
    style.setProperty('background-image', layers.map((layer) => `url("${layer}")`).join(', '), 'important');
  }
}

/** A canvas stretches its image over its content box. */
const background = {
  'background-size': '100% 100%',
  'background-repeat': 'no-repeat',
  'background-position': '0 0',
  'background-origin': 'content-box',
};
