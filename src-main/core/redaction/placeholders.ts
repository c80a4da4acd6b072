/** Stands for any typed value, whatever its length. */
export const valueMask = '••••••';

/** A flat grey picture, in place of every image. */
export const flatImage =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='32' height='32'%3E%3Crect width='100%25' height='100%25' fill='%23c8ccd0'/%3E%3C/svg%3E";

/**
 * The mask of a hidden word: four lengths only, so that it says little about the word. */
export function maskOfLength(length: number): string {
  if (length <= 4) return '•••';
  if (length <= 8) return '••••••';
  if (length <= 16) return '••••••••••';
  return '••••••••••••••••••••';
}
