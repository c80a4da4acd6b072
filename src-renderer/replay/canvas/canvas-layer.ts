import { EventType, IncrementalSource } from '@rrweb/types';
import { painted } from '../paint';
import { giveBox } from './canvas-box';
import { drawnMark } from './canvas-style';
import { readDrawing, readPicture } from './read-drawing';
import { Surface } from './surface';

/** The part of rrweb's mirror that is used. */
interface NodeMirror {
  getMeta(node: Node): unknown;
}

interface Shown {
  surface: Surface;
  url: string | undefined;
  isBusy: boolean;
  isDirty: boolean;
}

const surfaceLimit = 200;
/** Encoding pictures costs time; so far apart are those of one canvas, ms. */
const betweenMs = 100;

/** The canvases of one scene: gives each recorded canvas element its drawing as a background picture. */
export class CanvasDesk {
  private readonly canvases = new Map<number, Shown>();
  /** Elements that rrweb built and that are looked at when the event that brought them is over. */
  private readonly built: { id: number; picture: string | undefined }[] = [];
  private isClosed = false;

  constructor(private readonly findNode: (id: number) => Node | null) {}

  /** Call for every node that was built. */
  adopt(node: unknown, id: number, mirror: NodeMirror): void {
    if ((node as Node).nodeName !== 'CANVAS') return;
    const meta = mirror.getMeta(node as Node) as { attributes?: Record<string, unknown> } | null;
    this.built.push({ id, picture: readPicture(meta?.attributes?.['rr_dataURL']) });
  }

  /** Call for every event, once it is in the page. */
  hear({ type, data }: { type: number; data: unknown }): void {
    if (type === EventType.FullSnapshot) this.forgetAll();
    if (this.built.length > 0) this.takeBuilt();
    if (type !== EventType.IncrementalSnapshot || typeof data !== 'object' || data === null) return;
    const { source, id, attributes } = data as { source?: unknown; id?: unknown; attributes?: unknown };
    if (source === IncrementalSource.CanvasMutation && typeof id === 'number') this.surface(id)?.add(readDrawing(data));
    else if (source === IncrementalSource.Mutation && this.canvases.size > 0 && Array.isArray(attributes)) {
      this.followAttributes(attributes);
    }
  }

  /** Call when events were applied at once: rrweb builds their elements at the end. */
  refresh(): void {
    if (this.built.length > 0) this.takeBuilt();
    for (const [id, shown] of this.canvases) {
      this.measure(id, shown);
      this.place(id, shown);
    }
  }

  /** Resolves when every canvas shows what is known of it. */
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

  private takeBuilt(): void {
    for (const { id, picture } of this.built.splice(0)) {
      const surface = this.surface(id);
      const shown = this.canvases.get(id);
      if (!surface || !shown) continue;
      this.measure(id, shown);
      if (picture) surface.begin(picture);
      else this.place(id, shown);
    }
  }

  private followAttributes(changes: readonly unknown[]): void {
    for (const change of changes) {
      const { id, attributes } = (change ?? {}) as { id?: unknown; attributes?: unknown };
      const shown = typeof id === 'number' ? this.canvases.get(id) : undefined;
      if (!shown || typeof id !== 'number' || typeof attributes !== 'object' || attributes === null) continue;
      if ('width' in attributes || 'height' in attributes) this.measure(id, shown, true);
      this.place(id, shown);
    }
  }

  private surface(id: number): Surface | undefined {
    const known = this.canvases.get(id);
    if (known) return known.surface;
    if (this.canvases.size >= surfaceLimit) return undefined;
    const shown: Shown = {
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

  private measure(id: number, { surface }: Shown, isSet = false): void {
    const canvas = this.element(id);
    if (!canvas) return;
    giveBox(canvas);
    surface.resize(canvas.width, canvas.height, isSet);
  }

  private element(id: number): HTMLCanvasElement | undefined {
    const node = this.findNode(id);
    return node?.nodeName === 'CANVAS' ? (node as HTMLCanvasElement) : undefined;
  }

  /** Brings the canvas's picture into the page, the newest, not too often. */
  private async show(id: number, shown: Shown): Promise<void> {
    if (shown.isBusy) return;
    shown.isBusy = true;
    try {
      await shown.surface.settled();
      while (shown.isDirty && !this.isClosed && this.canvases.get(id) === shown) {
        shown.isDirty = false;
        await this.exchange(id, shown);
        if (shown.isDirty) await new Promise((resolve) => setTimeout(resolve, betweenMs));
      }
    } finally {
      shown.isBusy = false;
    }
  }

  private async exchange(id: number, shown: Shown): Promise<void> {
    const picture = await shown.surface.picture();
    const canvas = this.element(id);
    const before = shown.url;
    if (!picture) shown.url = undefined;
    else {
      const url = URL.createObjectURL(picture);
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
    // The old picture lies under the new one until that is painted.
    this.place(id, shown, before);
    if (!before || before === shown.url) return;
    await painted();
    this.place(id, shown);
    URL.revokeObjectURL(before);
  }

  private place(id: number, { url }: Shown, under?: string): void {
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

/** A canvas stretches its picture over its content box. */
const background = {
  'background-size': '100% 100%',
  'background-repeat': 'no-repeat',
  'background-position': '0 0',
  'background-origin': 'content-box',
};
