import { CasementError } from '../../../contract/errors';
import { damageWords, unreadableWords } from '../../../contract/words/recording';
import type { ObjectFrame } from './frames';
import { describeWrapper } from './shapes';

/** What a recording's text told besides its events. */
export class TextOutcome {
  /** JSON values that stand beside each other in the file, damaged ones among them. */
  values = 0;
  /** It ends in the middle of something. */
  isCutOff = false;
  hasJson = false;
  hasUnknownShape = false;
  title: string | undefined;
  private word: string | undefined;
  private wrapper: { key: string; frame: ObjectFrame } | undefined;

  /** A word for the shape, shown to the user; the first that is found counts. */
  noteFormat(word: string): void {
    this.word ??= word;
  }

  /** The events are under this key of the document, of which more may become known. */
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

  /** Why nothing could be read at all; `reasons` are those of what was lost. */
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

/** What says no more than that there was something else than events. */
const shapeless: ReadonlySet<string> = new Set([
  damageWords.notAnEvent,
  damageWords.lineUnreadable,
  damageWords.eventUnreadable,
  damageWords.cutOff,
  damageWords.lineCutOff,
  damageWords.notUtf8,
]);
