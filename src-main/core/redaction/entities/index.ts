/** Collects the values that are personal according to a recording's structure, and finds them elsewhere. */
export { createEntityCollector } from './collector';
export { withLiterals, type Entities, type Literal } from './entity';
export { literalForms } from './literal-forms';
export { LiteralSearch } from './literal-search';
