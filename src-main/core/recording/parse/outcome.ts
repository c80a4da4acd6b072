import { CasementError } from '../../../contract/errors';
import { damageWords, unreadableWords } from '../../../contract/words/recording';
import type { ObjectFrame } from './frames';
import { describeWrapper } from './shapes';

/** Facts about a recording's text besides its events. */
export class TextOutcome {
  /** Top-level JSON values in the file, including damaged ones. */
  values = 0;
  /** The text ends in the middle of a value. */
  isCutOff = false;
  hasJson = false;
  hasUnknownShape = false;
  title: string | undefined;
  private word: string | undefined;
  private wrapper: { key: string; frame: ObjectFrame } | undefined;

  /** Notes a word for the shape, which the user sees. The first one counts. */
  noteFormat(word: string): void {
    this.word ??= word;
  }

  /** Notes the key of the document that holds the events. More of the document may be read later. */
  noteWrapper(frame: ObjectFrame): void {
    this.wrapper ??= { key: frame.key, frame };
  }

  noteTitle(title: unknown): void {
    if (typeof title === 'string') this.title ??= title.slice(0, 300);
  }

  get format(): string {
    if (this.values > 1) return 'jsonl';
    if (this.wrapper) return describeWrapper(this.wrapper.key, this.wrapper.frame.version);
    return this.word ?? 'array';
  }

  /** Returns the error for a recording without events. `reasons` are those of the losses. */
  noEventsError(reasons: Iterable<string>): CasementError {
    const found = [...reasons];
    if (this.isCutOff) return new CasementError('recording-truncated');
    const cause = found.find((reason) => !shapeless.has(reason));
    if (cause !== undefined) return new CasementError('recording-unreadable', { reason: cause });
    if (found.length === 0) return new CasementError('recording-empty');
    const reason = !this.hasJson
      ? unreadableWords.notJson
      : this.hasUnknownShape
        ? unreadableWords.unknownShape
        : unreadableWords.noEvents;
    return new CasementError('recording-unreadable', { reason });
  }
}

/** Reasons that only show that the file contained something other than events. */
const shapeless: ReadonlySet<string> = new Set([
  damageWords.notAnEvent,
  damageWords.lineUnreadable,
  damageWords.eventUnreadable,
  damageWords.cutOff,
  damageWords.lineCutOff,
  damageWords.notUtf8,
]);
