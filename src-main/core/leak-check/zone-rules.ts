import type { Allowed } from './allowed';
import { technicalHeader } from './constants';
import { findHandles, findLongNumbers, findTokens } from './entities';
import { textLimit, type OriginalValues } from './original-values';
import { isShown, type ShownTexts } from './page-texts';
import { shortestText } from './value-rules';
import type { Leaf, Zone } from './walk-event';

/** The collections that a rule adds to. */
export interface Collected {
  values: OriginalValues;
  /** Values of bodies and payloads. If the policy keeps page text, the page may show them. */
  sent: OriginalValues;
  /** The texts of pages. */
  shown: ShownTexts;
  allowed: Pick<Allowed, 'staysText'>;
}

/** A string of an event. */
interface FoundLeaf extends Leaf {
  /** The number of its event in the session. */
  seq: number;
  /** True if it holds a value that is private by its form, such as a mail address. */
  holdsEntities: boolean;
}

type ZoneRule = (leaf: FoundLeaf, collected: Collected) => void;

/** Longer texts of a page are scripts and data. */
const longestPageText = 5000;
const longestSentence = 300;
const shortestSecret = 8;

/** Headers that identify a user or a session. */
const secretHeader = /^(?:authorization|proxy-.+|cookie|set-cookie|x-.+)$/i;

/** Keys under which a body holds a person's words even if they are plain ones. */
const personalKey =
  /^(?:full|first|last|given|family|sur|middle|user|customer|owner|holder|contact|recipient|billing|shipping|display|card)?[-_ ]?(?:name|customer|owner|holder|recipient|address|street|city|password|passwd|secret)\d?$/i;
const passwordKey = /passw|secret/i;

const hasDigitOrAt = (text: string): boolean => /[\d@]/.test(text);

/** Returns true for markup, scripts and traces, which many sessions share: only what is private by its form is kept of them. */
function isDocument(text: string): boolean {
  return text.length > longestSentence || /^\s*</.test(text) || /\n/.test(text);
}

/** Keeps the value of a secret header and its parts: `authorization: Bearer tok_test_0000`, `cookie: sid=9f8e7d6c5b; theme=dark`. */
const keepHeader: ZoneRule = ({ text, key, seq }, { values }) => {
  if (!secretHeader.test(key) || technicalHeader.test(key.toLowerCase())) return;
  for (const part of [text, ...text.split(/[\s;,=]+/)]) {
    const isComplete = part === text;
    if (part.length >= shortestSecret && (isComplete || /\d/.test(part))) values.keepValue(part, seq);
  }
};

/** Keeps values and tokens that were sent or received: `{"name":"Priya Raman"}`, `token=abc123def456`, but not `Payment failed`. */
const keepBody: ZoneRule = ({ text, key, seq }, { values, sent }) => {
  if (isDocument(text)) return;
  if (personalKey.test(key)) values.keepValue(text, seq, passwordKey.test(key));
  else if (hasDigitOrAt(text)) sent.keepValue(text, seq);
  for (const token of findTokens(text)) if (!values.isMoment(token)) sent.keepAnywhere(token);
};

/** Treats a logged text as a body, unless the policy keeps texts readable: then only what is private by its form is kept. */
const keepConsole: ZoneRule = (leaf, collected) => {
  if (collected.allowed.staysText) collected.values.pageWords.show(leaf.text, leaf.seq);
  else keepBody(leaf, collected);
};

/** Keeps what a field holds when the page is recorded: `<input value="Priya Raman">`. */
const keepFieldValue: ZoneRule = ({ text, seq }, { values }) => values.keepValue(text, seq);

/** Keeps a changed value only with a digit or an `@`, since it may be half typed: `priya@harbor.example`, but not `Pri`. */
const keepChangedValue: ZoneRule = ({ text, seq }, { values }) => {
  if (hasDigitOrAt(text) && text.length >= shortestText) values.keepValue(text, seq);
};

/** Notes what a page shows. Where the policy masks unknown texts, it keeps `AKIAZQBTVGMQ7ZWK2MXB`, `@harbourjane` and `Hello Priya`. */
const keepPageText: ZoneRule = ({ text, key, seq, holdsEntities }, { values, shown, allowed }) => {
  if (text.length > longestPageText) return;
  if (!allowed.staysText) {
    const isVisible = isShown(text, key);
    const found = [...findTokens(text), ...(isVisible ? [...findLongNumbers(text), ...findHandles(text)] : [])];
    const pieces = found.filter((piece) => !values.isMoment(piece));
    for (const piece of pieces) values.keepAnywhere(piece);
    // A digest of the complete text would identify it, too.
    if ((holdsEntities || pieces.length > 0) && isVisible && text.length <= textLimit) values.keepAnywhere(text);
    shown.keep(text, key);
  }
  if (allowed.staysText && isShown(text, key)) values.pageWords.showCodes(text);
  values.pageWords.show(text, seq);
};

/** The rule for the strings of each zone. */
export const zoneRules: Readonly<Record<Zone, ZoneRule>> = {
  header: keepHeader,
  body: keepBody,
  console: keepConsole,
  value: keepFieldValue,
  typing: keepChangedValue,
  page: keepPageText,
  held: keepPageText,
  change: keepPageText,
};
