import type { RedactionContext } from '../redaction-context';

/** Notes that the event depends on what the user enters. */
export function touch({ page, counts, closes }: RedactionContext): void {
  page.isTouched = true;
  counts.isQuiet = closes('counts');
}
