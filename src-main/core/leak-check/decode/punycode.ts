/** Decodes the labels of host names that are written in ASCII (`xn--…`, RFC 3492). */

const label = /xn--[a-z0-9-]{1,59}/gi;

export function decodePunycode(text: string): string {
  return text.replace(label, (found) => decodeLabel(found.slice(4).toLowerCase()) ?? found);
}

function decodeLabel(encoded: string): string | undefined {
  const cut = encoded.lastIndexOf('-');
  const points = [...encoded.slice(0, Math.max(0, cut))].map((letter) => letter.charCodeAt(0));
  let code = 128;
  let position = 0;
  let bias = 72;
  for (let at = cut + 1; at < encoded.length;) {
    const before = position;
    let weight = 1;
    for (let step = 36; ; step += 36) {
      const digit = digitOf(encoded.charCodeAt(at++));
      if (digit === undefined) return undefined;
      position += digit * weight;
      const threshold = Math.min(26, Math.max(1, step - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (!Number.isSafeInteger(weight)) return undefined;
    }
    const count = points.length + 1;
    bias = adapt(position - before, count, before === 0);
    code += Math.floor(position / count);
    if (code > 0x10ffff) return undefined;
    position %= count;
    points.splice(position++, 0, code);
  }
  return String.fromCodePoint(...points);
}

function digitOf(unit: number): number | undefined {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  return unit >= 0x30 && unit <= 0x39 ? unit - 0x16 : undefined;
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? 700 : 2));
  left += Math.floor(left / count);
  let bias = 0;
  for (; left > 455; bias += 36) left = Math.floor(left / 35);
  return bias + Math.floor((36 * left) / (left + 38));
}
