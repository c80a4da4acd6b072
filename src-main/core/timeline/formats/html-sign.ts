import type { Severity } from '../../../contract/timeline';
import { markup, type Html } from './html-text';

/** Severity is told by a shape and a word; colour only repeats it. */
const signs: Readonly<Record<Severity, string>> = { error: '■', warning: '▲', info: '●' };

export function writeSign(severity: Severity): Html {
  return markup`<span class="sign" aria-hidden="true">${signs[severity]}</span>`;
}
