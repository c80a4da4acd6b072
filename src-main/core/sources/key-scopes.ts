import { sourceWords } from '../../contract/words/sources';
import type { KeyVerdict } from './source';

/** What Casement needs of a platform whose scopes are written `area:level`. */
export interface NeededScopes {
  /** Each of these, or a higher level of the same area, must be there. */
  required: readonly string[];
  /** Of use, but nothing fails without. */
  useful?: readonly string[];
  /** What to ask for, as a sentence would list it. */
  ask: string;
}

const everything = '*';
/** Levels that include reading. */
const higher = /:(write|admin)$/;

/** True where the scopes let Casement read recordings. */
export function isEnough(scopes: readonly string[], { required }: NeededScopes): boolean {
  const areas = new Set(scopes.filter((scope) => higher.test(scope)).map((scope) => scope.split(':', 1)[0]));
  return (
    scopes.includes(everything) ||
    required.every((scope) => scopes.includes(scope) || areas.has(scope.split(':', 1)[0] ?? ''))
  );
}

/** Each scope that is more than Casement needs, with the reason in plain words. */
export function findNeedless(
  scopes: readonly string[],
  { required, useful = [], ask }: NeededScopes,
): KeyVerdict['overPrivileged'] {
  const { keyWarnings } = sourceWords;
  const needed = new Set([...required, ...useful]);
  return scopes
    .filter((scope) => !needed.has(scope))
    .map((scope) => {
      if (scope === everything) return { scope, why: keyWarnings.everything(ask) };
      const isReading = scope.endsWith(':read');
      return { scope, why: isReading ? keyWarnings.unneeded(scope, ask) : keyWarnings.changes(scope, ask) };
    });
}
