import type { FindingKind } from '../../../contract/finding-kinds';
import { foldWord } from '../detectors/person/fold-word';
import { isOtherWord } from '../detectors/person/other-words';
import type { Entities } from './entity';

export interface Literal {
  /** Lower case: the search for literals ignores case. */
  readonly text: string;
  readonly kind: FindingKind | undefined;
}

/** Returns the forms in which values can occur elsewhere: unchanged, the parts of a name, the digits of a number, the local part of an email address. */
export function literalForms({ values }: Entities): Literal[] {
  const forms = new Map<string, FindingKind | undefined>();
  const add = (text: string, kind: FindingKind | undefined): void => {
    const lower = text.toLowerCase();
    if (lower.length >= 4 || (lower.length >= 2 && /[^\x00-\x7f]/.test(lower)))
      if (!forms.has(lower) || kind !== undefined) forms.set(lower, kind);
  };
  for (const { value, kind, isForced } of values) {
    // A typed value that is a plain word occurs everywhere.
    if (kind === undefined && !isForced && /^\p{L}+$/u.test(value) && isOtherWord(foldWord(value))) continue;
    add(value, kind);
    if (kind === 'person')
      for (const part of value.split(/[\s,.]+/)) if (part.length >= 3 && !isOtherWord(foldWord(part))) add(part, kind);
    const digits = value.replace(/\D/g, '');
    if (digits.length >= 7 && !/\p{L}{2}/u.test(value)) add(digits, kind);
    const local = kind === 'email' ? (value.split('@', 1)[0] ?? '') : '';
    if (local.length >= 5) add(local, kind);
  }
  return [...forms].map(([text, kind]) => ({ text, kind }));
}
