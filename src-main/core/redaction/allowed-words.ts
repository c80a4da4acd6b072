import type { Policy } from '../../contract/policy';
import { interfaceWords } from './interface-words';

/** The words that a policy keeps readable. */
export interface AllowedWords {
  /** Returns whether this word, in upper or lower case, stays readable. */
  has(word: string): boolean;
  /** Returns whether this word stays readable in the path of a URL. */
  hasInRoute(word: string): boolean;
}

/** Words that are common in routes but not in interfaces. */
const routeWords: ReadonlySet<string> = new Set(
  'admin api assets auth build cdn chunk dist en favicon fonts graphql img index js lib login main media min oauth public rest rpc src static v1 v2 v3 v4 vendor web www'.split(
    ' ',
  ),
);

export function createAllowedWords({ words, allowWords }: Policy): AllowedWords {
  const added = new Set(allowWords.map((word) => word.toLowerCase()));
  const shipped = words === 'interface' ? interfaceWords : new Set<string>();
  const has = (word: string): boolean => {
    const lower = word.toLowerCase();
    return shipped.has(lower) || added.has(lower);
  };
  const shippedRoutes = words === 'interface' ? routeWords : new Set<string>();
  return { has, hasInRoute: (word) => has(word) || shippedRoutes.has(word.toLowerCase()) };
}
