/** What the structure of a recording says is somebody's, and how to find it elsewhere. */
export { createEntityCollector } from './collector';
export type { Entities } from './entity';
export { literalForms } from './literal-forms';
export { LiteralSearch } from './literal-search';
