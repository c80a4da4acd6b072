import type { Drawing, Step } from './read-drawing';

/** Larger ones aren't drawn: pixels. */
const areaLimit = 16_000_000;
const waitingLimit = 100_000;
/** Drawing gives way to everything else after so long, ms. */
const sliceMs = 8;

type Base = { kind: 'blank' } | { kind: 'picture'; source: string } | { kind: 'unknown' };
type Task =
  { kind: 'base'; base: Base } | { kind: 'step'; step: Step } | { kind: 'size'; width: number; height: number };

/**
 * What a recorded canvas shows, drawn beside the page: the canvas itself stays empty in a page without scripts. Either a picture as
 * the recorder took it, or the drawing steps since one.
 */
export class Surface {
  private base: Base = { kind: 'unknown' };
  private canvas: OffscreenCanvas | undefined;
  private readonly tasks: Task[] = [];
  private width = 300;
  private height = 150;
  private toldWidth = 300;
  private toldHeight = 150;
  private working: Promise<void> | undefined;

  constructor(private readonly onChange: () => void) {}

  /** Resolves when all that was asked for so far is drawn. */
  async settled(): Promise<void> {
    await this.working;
  }

  /** The picture that the page's snapshot holds. */
  begin(source: string): void {
    this.put({ kind: 'base', base: { kind: 'picture', source } });
  }

  /** Setting a canvas's size wipes it, even to what it was; learning of it doesn't. */
  resize(width: number, height: number, isSet: boolean): void {
    const isNew = width !== this.toldWidth || height !== this.toldHeight;
    [this.toldWidth, this.toldHeight] = [width, height];
    if (isNew || isSet) this.put({ kind: 'size', width, height });
  }

  add(drawing: Drawing): void {
    if (drawing.kind === 'unknown') this.put({ kind: 'base', base: { kind: 'unknown' } });
    else if (drawing.kind === 'bitmap') this.begin(drawing.source);
    else if (this.tasks.length + drawing.steps.length > waitingLimit)
      this.put({ kind: 'base', base: { kind: 'unknown' } });
    else for (const step of drawing.steps) this.put({ kind: 'step', step });
  }

  /** The picture as it is now, as a blob; undefined where it isn't known. */
  async picture(): Promise<Blob | undefined> {
    if (this.canvas) return this.canvas.convertToBlob();
    return this.base.kind === 'picture' ? blobOf(this.base.source) : undefined;
  }

  private put(task: Task): void {
    // A whole picture makes pointless what waits before it, but for the size.
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
    // What is put down in the same breath is drawn together.
    await Promise.resolve();
    let sliceEnds = performance.now() + sliceMs;
    for (let task = this.tasks.shift(); task; task = this.tasks.shift()) {
      if (task.kind === 'step') await this.step(task.step);
      else if (task.kind === 'base') this.rebase(task.base);
      else this.setSize(task.width, task.height);
      if (performance.now() < sliceEnds) continue;
      this.onChange();
      await new Promise((resolve) => setTimeout(resolve));
      sliceEnds = performance.now() + sliceMs;
    }
    this.working = undefined;
    this.onChange();
  }

  private rebase(base: Base): void {
    this.base = base;
    this.canvas = undefined;
  }

  private setSize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    // A picture stands until the next one; only what is drawn by steps is known to be wiped.
    if (this.canvas) this.rebase({ kind: 'blank' });
  }

  private async step(step: Step): Promise<void> {
    const context = await this.context();
    if (!context) return;
    try {
      await carryOut(step, context);
    } catch {
      // What one browser draws, another may refuse; the steps after it still count.
    }
  }

  private async context(): Promise<OffscreenCanvasRenderingContext2D | undefined> {
    if (!this.canvas) {
      const { width, height, base } = this;
      if (!(width > 0 && height > 0 && width * height <= areaLimit)) return undefined;
      this.canvas = new OffscreenCanvas(width, height);
      if (base.kind === 'picture') {
        const image = await loadImage(base.source);
        if (image) this.canvas.getContext('2d')?.drawImage(image, 0, 0);
      }
    }
    return this.canvas.getContext('2d') ?? undefined;
  }
}

async function carryOut(step: Step, context: OffscreenCanvasRenderingContext2D): Promise<void> {
  switch (step.do) {
    case 'set':
      // The reader checked that the property is a setter of this context and the value of its kind.
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

/** The image of a data URL, decoded when it is drawn; undefined where it can't be read or is too large. */
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
