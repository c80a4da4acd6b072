import type { FindingKind } from '../../../contract/finding-kinds';
import { foldWord } from '../detectors/person/fold-word';
import { isOtherWord } from '../detectors/person/other-words';
import type { Entities, Literal } from './entity';
import { otherForms } from './other-forms';

export interface LiteralForm {
  /** Lower case: the search for literals ignores case. */
  readonly text: string;
  readonly kind: FindingKind | undefined;
  /** Set for a value that the leak gate found. */
  readonly repair?: Literal | undefined;
}

/** Returns the forms in which values can occur elsewhere: unchanged, the parts of a name, the digits of a number, the local part of an email address. */
export function literalForms({ values }: Entities): LiteralForm[] {
  const forms = new Map<string, LiteralForm>();
  const add = (written: string, kind: FindingKind | undefined, repair?: Literal): void => {
    const text = written.toLowerCase();
    // A short number, such as the code of a card, is hidden as a complete word.
    if (
      text.length < 4 &&
      !/^\d{3}$/.test(text) &&
      !(text.length >= 2 && (repair !== undefined || /[^\x00-\x7f]/.test(text)))
    )
      return;
    const known = forms.get(text);
    if (!known) forms.set(text, { text, kind, repair });
    else forms.set(text, { text, kind: kind ?? known.kind, repair: repair ?? known.repair });
  };
  for (const { value, kind, repair } of values) {
    // A typed value that is a plain word occurs everywhere.
    if (kind === undefined && !repair && /^\p{L}+$/u.test(value) && isOtherWord(foldWord(value))) continue;
    add(value, kind, repair);
    if (kind === 'person')
      for (const part of value.split(/[\s,.]+/)) if (part.length >= 3 && !isOtherWord(foldWord(part))) add(part, kind);
    for (const form of otherForms(value, kind)) add(form, kind, repair);
    const digits = value.replace(/\D/g, '');
    if (digits.length >= 7 && !/\p{L}{2}/u.test(value)) add(digits, kind, repair);
    const local = kind === 'email' ? (value.split('@', 1)[0] ?? '') : '';
    if (local.length >= 5) add(local, kind);
  }
  return [...forms.values()];
}
