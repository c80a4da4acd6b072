import { isCss } from './css';
import { isColourScheme, isViewport } from './html';
import { isHttp } from './http';
import { isInterface } from './interfaces';
import { isOwnText } from './own-words';

/**
 * Constants of protocols, formats, style sheets and interfaces. They stand in the export of any user, so the gate never searches for them. The data is the gate's own: a mistake in the lists of the redaction must not open the gate.
 */
export { holdsColour } from './css';
export { formatKeys } from './format-keys';
export { technicalHeader } from './http';

/** Returns true for a text that consists of constants. A capitalised word may be a name as well: see `isNameLike`. */
export function isConstant(text: string): boolean {
  if (text.length > 400) return false;
  const bare = text.trim().replace(/^(["'`])(.*)\1;?$/s, '$2');
  return (
    isHttp(bare) || isInterface(bare) || isCss(bare) || isViewport(bare) || isColourScheme(bare) || isOwnText(bare)
  );
}

/** Returns true for one capitalised word, such as `Violet`, which is a colour and a first name, unless exports show it as a text. */
export function isNameLike(text: string): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(text) && !isOwnText(text);
}
