/** Replaces any typed value, whatever its length. */
export const valueMask = '••••••';

/** Returns a flat grey image of a size, CSS pixels. */
export function flatImageOf(width: number, height: number): string {
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'%3E%3Crect width='100%25' height='100%25' fill='%23c8ccd0'/%3E%3C/svg%3E`;
}

/** Replaces every image: a flat grey one. */
export const flatImage = flatImageOf(32, 32);

/** Returns the mask of a hidden word. There are only four lengths, so the mask reveals little about the word. */
export function maskOfLength(length: number): string {
  if (length <= 4) return '•••';
  if (length <= 8) return '••••••';
  if (length <= 16) return '••••••••••';
  return '••••••••••••••••••••';
}
