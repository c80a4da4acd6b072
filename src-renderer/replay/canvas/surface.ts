import type { Drawing, Step } from './read-drawing';

/** The largest area that is drawn, in pixels. */
const areaLimit = 16_000_000;
const waitingLimit = 100_000;
/** Drawing yields to other tasks after this time, ms. */
const sliceMs = 8;

type Base = { kind: 'blank' } | { kind: 'image'; source: string } | { kind: 'unknown' };
type Task =
  { kind: 'base'; base: Base } | { kind: 'step'; step: Step } | { kind: 'size'; width: number; height: number };

/**
 * The content of a recorded canvas, drawn outside the page because the canvas itself stays empty in a page without scripts. It is an
 * image that the recorder took, or such an image with the drawing steps since then.
 */
export class Surface {
  private base: Base = { kind: 'unknown' };
  private canvas: OffscreenCanvas | undefined;
  private readonly tasks: Task[] = [];
  private width = 300;
  private height = 150;
  private reportedWidth = 300;
  private reportedHeight = 150;
  private working: Promise<void> | undefined;

  constructor(private readonly onChange: () => void) {}

  /** Resolves when everything requested so far has been drawn. */
  async settled(): Promise<void> {
    await this.working;
  }

  /** Starts from the image that the page's snapshot contains. */
  begin(source: string): void {
    this.put({ kind: 'base', base: { kind: 'image', source } });
  }

  /** Setting a canvas's size clears it, even if the size stays the same (`isSet`). Measuring it doesn't. */
  resize(width: number, height: number, isSet: boolean): void {
    const isNew = width !== this.reportedWidth || height !== this.reportedHeight;
    [this.reportedWidth, this.reportedHeight] = [width, height];
    if (isNew || isSet) this.put({ kind: 'size', width, height });
  }

  add(drawing: Drawing): void {
    if (drawing.kind === 'unknown') this.put({ kind: 'base', base: { kind: 'unknown' } });
    else if (drawing.kind === 'bitmap') this.begin(drawing.source);
    else if (this.tasks.length + drawing.steps.length > waitingLimit)
      this.put({ kind: 'base', base: { kind: 'unknown' } });
    else for (const step of drawing.steps) this.put({ kind: 'step', step });
  }

  /** Returns the current image; undefined if it isn't known. */
  async toBlob(): Promise<Blob | undefined> {
    if (this.canvas) return this.canvas.convertToBlob();
    return this.base.kind === 'image' ? blobOf(this.base.source) : undefined;
  }

  private put(task: Task): void {
    // A complete image replaces everything that waits before it except the sizes.
    if (task.kind === 'base') this.dropSteps();
    this.tasks.push(task);
    this.working ??= this.work();
  }

  private dropSteps(): void {
    const sizes = this.tasks.filter(({ kind }) => kind === 'size');
    this.tasks.length = 0;
    this.tasks.push(...sizes);
  }

  private async work(): Promise<void> {
    // Tasks that are added in the same turn are drawn together.
    await Promise.resolve();
    let sliceEnds = performance.now() + sliceMs;
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) {
      if (task.kind === 'step') await this.step(task.step);
      else if (task.kind === 'base') this.setBase(task.base);
      else this.setSize(task.width, task.height);
      if (performance.now() < sliceEnds) continue;
      this.onChange();
      await new Promise((resolve) => setTimeout(resolve));
      sliceEnds = performance.now() + sliceMs;
    }
    this.working = undefined;
    this.onChange();
  }

  private setBase(base: Base): void {
    this.base = base;
    this.canvas = undefined;
  }

  private setSize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    // An image stays until the next one. Only drawings made by steps are known to be cleared.
    if (this.canvas) this.setBase({ kind: 'blank' });
  }

  private async step(step: Step): Promise<void> {
    const context = await this.context();
    if (!context) return;
    try {
      await execute(step, context);
    } catch {
      // A browser may refuse a step that the recorded one accepted. The following steps still count.
    }
  }

  private async context(): Promise<OffscreenCanvasRenderingContext2D | undefined> {
    if (!this.canvas) {
      const { width, height, base } = this;
      if (!(width > 0 && height > 0 && width * height <= areaLimit)) return undefined;
      this.canvas = new OffscreenCanvas(width, height);
      if (base.kind === 'image') {
        const image = await loadImage(base.source);
        if (image) this.canvas.getContext('2d')?.drawImage(image, 0, 0);
      }
    }
    return this.canvas.getContext('2d') ?? undefined;
  }
}

async function execute(step: Step, context: OffscreenCanvasRenderingContext2D): Promise<void> {
  switch (step.do) {
    case 'set':
      // The reader has checked that the property is one of this context and that the value has its type.
      Reflect.set(context, step.property, step.value);
      return;
    case 'call':
      return invoke(context, step.method, step.args);
    case 'image': {
      const image = await loadImage(step.source);
      if (image) invoke(context, 'drawImage', [image, ...step.args]);
      return;
    }
    case 'pixels': {
      const image = new ImageData(new Uint8ClampedArray(step.pixels), step.width, step.height);
      invoke(context, 'putImageData', [image, ...step.args]);
      return;
    }
  }
}

function invoke(context: OffscreenCanvasRenderingContext2D, method: string, args: unknown[]): void {
  const run: unknown = Reflect.get(context, method);
  if (typeof run === 'function') Reflect.apply(run, context, args);
}

/** Loads the image of a data URL; it is decoded when it is drawn. Returns undefined if it is unreadable or too large. */
async function loadImage(source: string): Promise<HTMLImageElement | undefined> {
  const image = new Image();
  const isLoaded = new Promise<boolean>((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
  });
  image.src = source;
  return (await isLoaded) && image.naturalWidth * image.naturalHeight <= areaLimit ? image : undefined;
}

function blobOf(source: string): Blob | undefined {
  const [head = '', base64 = ''] = source.split(',', 2);
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new Blob([bytes], { type: head.slice('data:'.length, head.indexOf(';')) });
  } catch {
    return undefined;
  }
}
