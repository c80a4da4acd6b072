import { sourceWords } from '../../contract/words/sources';
import type { KeyVerdict } from './source';

/** The scopes that Casement needs, for platforms with scopes in the form `area:level`. */
export interface NeededScopes {
  /** The key must have each of these or a higher level of the same area. */
  required: readonly string[];
  /** Optional scopes that Casement uses. */
  useful?: readonly string[];
  /** The scopes to request, as a list for a sentence. */
  ask: string;
}

const everything = '*';
/** Matches levels that include reading. */
const higher = /:(write|admin)$/;

/** Returns true if Casement can read recordings with these scopes. */
export function isEnough(scopes: readonly string[], { required }: NeededScopes): boolean {
  const areas = new Set(scopes.filter((scope) => higher.test(scope)).map((scope) => scope.split(':', 1)[0]));
  return (
    scopes.includes(everything) ||
    required.every((scope) => scopes.includes(scope) || areas.has(scope.split(':', 1)[0] ?? ''))
  );
}

/** Returns each scope that Casement does not need, with a reason for the user. */
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
