/**
 * Characters that are removed from every line of a timeline: controls, characters that change the direction of text, invisible characters
 * that make two names look the same, private use characters, and lone surrogates.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u034f\u115f\u1160\u3164\uffa0\ufff9-\uffff]+/gu;
/** An escape sequence of a terminal. It is removed completely: otherwise its letters would remain as text. */
const terminalEscape = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
/** The zero-width joiner in an emoji: harmless between two pictographs, and people use such emoji in their names. */
const joiner = /(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic})/gu;
const joinerMark = '\u0000';

/** Visible characters of common scripts, which are never changed or removed. */
const plain =
  '!-~\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0391-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u20a0-\\u20bf\\u3001-\\u3029\\u3041-\\u3096\\u30a1-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7a3';
/** Words with one blank between them. Most texts of pages are such lines. */
const plainWords = new RegExp(`^[${plain}]+(?: [${plain}]+)*$`);

/** Returns one line of visible text with at most `limit` characters. A shortened line ends in “…”. */
export function toPlainLine(text: string, limit = 300): string {
  if (text.length <= limit && plainWords.test(text)) return text;
  // A recorded text can be megabytes long.
  const head = text.length > limit * 20 ? text.slice(0, limit * 20) : text;
  const line = head
    .replace(terminalEscape, '')
    .replaceAll(joinerMark, ' ')
    .replace(joiner, joinerMark)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(unsafe, (run) => (run === joinerMark ? '\u200d' : ''))
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(line, limit);
}

function cutText(text: string, limit: number): string {
  const characters = text.length > limit ? [...text] : [];
  return characters.length > limit
    ? `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
