/** What the structure of a recording says is somebody's, and how to find it elsewhere. */
export { createEntityCollector, type EntityCollector } from './collector';
export type { Entities, Entity } from './entity';
export { literalForms, type Literal } from './literal-forms';
export { LiteralSearch, type LiteralHit } from './literal-search';
