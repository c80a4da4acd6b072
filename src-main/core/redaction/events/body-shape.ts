import { isRecord } from '../../recording/json';
import type { AllowedWords } from '../allowed-words';

const depthLimit = 8;
const keysLimit = 60;
const itemsLimit = 3;
const sizeLimit = 2_000_000;

/**
 * Returns the shape of a body as JSON: keys that consist of allowed words, and the types of their values. A body that isn't JSON has the
 * shape `"text"`.
 */
export function bodyShape(body: unknown, words: AllowedWords): string {
  let value = body;
  if (typeof body === 'string') {
    if (body.length > sizeLimit) return '"text"';
    try {
      value = JSON.parse(body);
    } catch {
      return '"text"';
    }
  }
  return JSON.stringify(shapeOf(value, words, 0));
}

function shapeOf(value: unknown, words: AllowedWords, depth: number): unknown {
  if (value === null) return null;
  if (Array.isArray(value))
    return depth >= depthLimit ? 'list' : value.slice(0, itemsLimit).map((item) => shapeOf(item, words, depth + 1));
  if (isRecord(value)) {
    if (depth >= depthLimit) return 'object';
    const entries = Object.entries(value).slice(0, keysLimit);
    return Object.fromEntries(
      entries.map(([key, item], index) => [
        isReadable(key, words) ? key : `key-${index + 1}`,
        shapeOf(item, words, depth + 1),
      ]),
    );
  }
  return typeof value === 'string' ? 'text' : typeof value;
}

function isReadable(key: string, words: AllowedWords): boolean {
  const parts = key.split(/[-_.\s]|(?<=[a-z])(?=[A-Z])/);
  return key.length <= 60 && parts.every((part) => part.length > 1 && words.has(part));
}
