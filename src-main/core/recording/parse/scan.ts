/** What the brackets and quotes of a JSON text say, without parsing it. */
export interface JsonScan {
  /** The deepest nesting of arrays and objects. */
  depth: number;
  /** The text ends inside a string, an array or an object. */
  isOpen: boolean;
}

const quote = 0x22;
const backslash = 0x5c;

/** One pass over a JSON text; meaningful for a broken one too. */
export function scanJson(text: string): JsonScan {
  let level = 0;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index++;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === 0x5b || code === 0x7b) {
      level++;
      if (level > depth) depth = level;
    } else if (code === 0x5d || code === 0x7d) level--;
  }
  return { depth, isOpen: isInString || level > 0 };
}

/** Does a parsed value nest deeper than this? Iterative, so that the answer doesn't depend on the stack. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  const open: { value: unknown; level: number }[] = [{ value, level: 1 }];
  for (let item = open.pop(); item; item = open.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    if (item.level > limit) return true;
    for (const child of Object.values(item.value)) {
      if (typeof child === 'object' && child !== null) open.push({ value: child, level: item.level + 1 });
    }
  }
  return false;
}
