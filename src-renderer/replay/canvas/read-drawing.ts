/**
 * The checked commands of a canvas event. A recording is hostile input and this page executes its commands itself. So it executes only
 * the commands listed here, with arguments of the right types, and can't show anything else.
 */
export type Drawing =
  /** A complete image, as recorders take it several times a second. */
  | { kind: 'bitmap'; source: string }
  | { kind: 'steps'; steps: Step[] }
  /** WebGL, or a command that this reader doesn't know. */
  | { kind: 'unknown' };

export type Step =
  | { do: 'call'; method: CallName; args: (number | boolean | string | number[])[] }
  | { do: 'set'; property: SetterName; value: string | number | boolean }
  | { do: 'image'; source: string; args: number[] }
  | { do: 'pixels'; pixels: number[]; width: number; height: number; args: number[] };

/** The numbers of arguments that each method takes. The arguments are numbers; the last one may be a boolean. */
const calls = {
  save: [0],
  restore: [0],
  reset: [0],
  scale: [2],
  rotate: [1],
  translate: [2],
  transform: [6],
  setTransform: [0, 6],
  resetTransform: [0],
  clearRect: [4],
  fillRect: [4],
  strokeRect: [4],
  beginPath: [0],
  closePath: [0],
  moveTo: [2],
  lineTo: [2],
  bezierCurveTo: [6],
  quadraticCurveTo: [4],
  arc: [5, 6],
  arcTo: [5],
  ellipse: [7, 8],
  rect: [4],
  stroke: [0],
} as const satisfies Record<string, readonly number[]>;

type OtherCall = 'fill' | 'clip' | 'fillText' | 'strokeText' | 'setLineDash' | 'roundRect';
type CallName = keyof typeof calls | OtherCall;

const setters = {
  fillStyle: 'string',
  strokeStyle: 'string',
  shadowColor: 'string',
  font: 'string',
  lineCap: 'string',
  lineJoin: 'string',
  textAlign: 'string',
  textBaseline: 'string',
  direction: 'string',
  globalCompositeOperation: 'string',
  imageSmoothingQuality: 'string',
  letterSpacing: 'string',
  wordSpacing: 'string',
  fontKerning: 'string',
  fontStretch: 'string',
  fontVariantCaps: 'string',
  textRendering: 'string',
  filter: 'string',
  lineWidth: 'number',
  miterLimit: 'number',
  lineDashOffset: 'number',
  globalAlpha: 'number',
  shadowBlur: 'number',
  shadowOffsetX: 'number',
  shadowOffsetY: 'number',
  imageSmoothingEnabled: 'boolean',
} as const;
type SetterName = keyof typeof setters;

/** Methods that draw nothing: they read, or create an object that another command draws with. */
const nonDrawing: ReadonlySet<string> = new Set([
  'getImageData',
  'createImageData',
  'measureText',
  'isPointInPath',
  'isPointInStroke',
  'getTransform',
  'getLineDash',
  'getContextAttributes',
  'isContextLost',
  'createLinearGradient',
  'createRadialGradient',
  'createConicGradient',
  'createPattern',
]);

const context2d = 0;
const textLimit = 2000;
const listLimit = 64;
const stepLimit = 20_000;
const sourceLimit = 32 * 2 ** 20;
const pixelLimit = 4_000_000;
const rasterType = /^image\/(png|jpeg|webp|gif|bmp|avif)$/;
const rasterUrl = /^data:image\/(png|jpeg|webp|gif|bmp|avif);base64,/;

type Fields = Record<string, unknown>;

/** Reads the data of a canvas event: a list of commands, or one command as old recorders wrote it. */
export function readDrawing(data: unknown): Drawing {
  const unknown: Drawing = { kind: 'unknown' };
  if (!isFields(data) || data['type'] !== context2d) return unknown;
  const commands: unknown[] = Array.isArray(data['commands']) ? data['commands'] : [data];
  if (commands.length > stepLimit) return unknown;
  const steps: Step[] = [];
  for (const command of commands) {
    const step = readCommand(command);
    if (step === undefined) return unknown;
    if (step !== 'none') steps.push(step);
  }
  const bitmap = completeImage(steps);
  return bitmap ? { kind: 'bitmap', source: bitmap } : { kind: 'steps', steps };
}

/** Returns the source if it is a data URL of a raster image within the limits, otherwise undefined. */
export function readImageUrl(source: unknown): string | undefined {
  return typeof source === 'string' && source.length <= sourceLimit && rasterUrl.test(source) ? source : undefined;
}

/** Returns the image if the steps clear the canvas and draw one image over it. */
function completeImage([clear, draw, ...rest]: readonly Step[]): string | undefined {
  if (rest.length > 0 || clear?.do !== 'call' || clear.method !== 'clearRect' || draw?.do !== 'image') return undefined;
  const isAtOrigin = [...clear.args.slice(0, 2), ...draw.args].every((offset) => offset === 0);
  return isAtOrigin && draw.args.length === 2 ? draw.source : undefined;
}

function readCommand(command: unknown): Step | 'none' | undefined {
  if (!isFields(command)) return undefined;
  const { property, args, setter } = command;
  if (typeof property !== 'string' || !Array.isArray(args)) return undefined;
  if (setter === true) return readSetter(property, args[0]);
  if (nonDrawing.has(property)) return 'none';
  if (Object.hasOwn(calls, property)) return readCall(property as keyof typeof calls, args);
  switch (property) {
    case 'fill':
    case 'clip':
      return args.length === 0 || (args.length === 1 && isRule(args[0]))
        ? { do: 'call', method: property, args: args as string[] }
        : undefined;
    case 'fillText':
    case 'strokeText':
      return readText(property, args);
    case 'setLineDash':
      return isNumbers(args[0]) ? { do: 'call', method: property, args: [args[0]] } : undefined;
    case 'roundRect':
      return readRoundRect(args);
    case 'drawImage':
      return readImage(args);
    case 'putImageData':
      return readPixels(args);
    default:
      return undefined;
  }
}

function readSetter(property: string, value: unknown): Step | undefined {
  if (!Object.hasOwn(setters, property)) return undefined;
  const name = property as SetterName;
  if (typeof value !== setters[name]) return undefined;
  if (typeof value === 'string') {
    // A filter may refer to a document.
    if (value.length > textLimit || (name === 'filter' && value.includes('url'))) return undefined;
    return { do: 'set', property: name, value };
  }
  return typeof value === 'number' || typeof value === 'boolean' ? { do: 'set', property: name, value } : undefined;
}

function readCall(method: keyof typeof calls, args: unknown[]): Step | undefined {
  const counts: readonly number[] = calls[method];
  if (!counts.includes(args.length)) return undefined;
  const isLastBoolean = typeof args.at(-1) === 'boolean' && args.length === Math.max(...counts);
  const numbers = readNumbers(isLastBoolean ? args.slice(0, -1) : args);
  if (!numbers) return undefined;
  return { do: 'call', method, args: isLastBoolean ? [...numbers, args.at(-1) === true] : numbers };
}

function readText(method: 'fillText' | 'strokeText', [text, ...rest]: unknown[]): Step | undefined {
  const numbers = readNumbers(rest);
  if (typeof text !== 'string' || text.length > textLimit || !numbers || numbers.length < 2 || numbers.length > 3) {
    return undefined;
  }
  return { do: 'call', method, args: [text, ...numbers] };
}

function readRoundRect(args: unknown[]): Step | undefined {
  const numbers = readNumbers(args.slice(0, 4));
  const [radii = 0] = args.slice(4);
  if (numbers?.length !== 4 || args.length > 5 || !(typeof radii === 'number' || isNumbers(radii))) return undefined;
  return { do: 'call', method: 'roundRect', args: [...numbers, radii] };
}

function readImage([image, ...rest]: unknown[]): Step | undefined {
  const source = readSource(image);
  const args = readNumbers(rest);
  return source && args && [2, 4, 8].includes(args.length) ? { do: 'image', source, args } : undefined;
}

/** Returns an image that was recorded completely, as a bitmap's bytes or as a data URL. */
function readSource(image: unknown): string | undefined {
  if (!isFields(image)) return undefined;
  if (image['rr_type'] === 'HTMLImageElement') return readImageUrl(image['src']);
  if (image['rr_type'] !== 'ImageBitmap' || !Array.isArray(image['args']) || image['args'].length !== 1)
    return undefined;
  const blob: unknown = image['args'][0];
  if (!isFields(blob) || blob['rr_type'] !== 'Blob' || !Array.isArray(blob['data']) || blob['data'].length !== 1) {
    return undefined;
  }
  const bytes: unknown = blob['data'][0];
  if (!isFields(bytes) || typeof bytes['base64'] !== 'string') return undefined;
  const type = blob['type'];
  return typeof type === 'string' && rasterType.test(type)
    ? readImageUrl(`data:${type};base64,${bytes['base64']}`)
    : undefined;
}

function readPixels([image, ...rest]: unknown[]): Step | undefined {
  const args = readNumbers(rest);
  if (!isFields(image) || image['rr_type'] !== 'ImageData' || !Array.isArray(image['args'])) return undefined;
  const [data, width, height] = image['args'] as unknown[];
  const isSize = (side: unknown): side is number => typeof side === 'number' && Number.isInteger(side) && side > 0;
  if (!args || ![2, 6].includes(args.length) || !isSize(width) || !isSize(height)) return undefined;
  const pixels: unknown = isFields(data) && Array.isArray(data['args']) ? data['args'][0] : undefined;
  const isComplete = Array.isArray(pixels) && width * height <= pixelLimit && pixels.length === width * height * 4;
  if (!isComplete || !pixels.every((value) => typeof value === 'number')) return undefined;
  return { do: 'pixels', pixels, width, height, args };
}

function isRule(value: unknown): boolean {
  return value === 'nonzero' || value === 'evenodd';
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= listLimit && value.every((item) => typeof item === 'number');
}

/** Reads numbers. JSON writes NaN and Infinity as null, which becomes NaN here: a canvas ignores such calls. */
function readNumbers(args: readonly unknown[]): number[] | undefined {
  const isNumber = (arg: unknown): boolean => arg === null || typeof arg === 'number';
  return args.every(isNumber) ? args.map((arg) => (typeof arg === 'number' ? arg : NaN)) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
