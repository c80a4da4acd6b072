import type { Severity } from '../../../contract/timeline';
import { markup, type Html } from './html-text';

/** Severity is shown by a shape and a word; colour only repeats it. */
const icons: Readonly<Record<Severity, string>> = { error: '■', warning: '▲', info: '●' };

export function writeIcon(severity: Severity): Html {
  return markup`<span class="sign" aria-hidden="true">${icons[severity]}</span>`;
}
