/**
 * What no line of a timeline may hold: controls (with the escapes of terminals), characters that turn the direction of what
 * follows, invisible ones that make two names look the same, private use, and halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u034f\u115f\u1160\u3164\uffa0\ufff9-\uffff]+/gu;
/** A terminal's escape sequence: gone whole, else its letters would stay behind as text. */

const terminalEscape = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
/** Joins the parts of an emoji: harmless between two pictures, and names of people do hold them. */
const joiner = /(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic})/gu;
const joinerPlace = '\u0000';

/** One line of visible text, at most `limit` characters; what is cut ends in “…”. */
export function toPlainLine(text: string, limit = 300): string {
  // Far more than the limit is never looked at: a recorded text can be megabytes.
  const head = text.length > limit * 20 ? text.slice(0, limit * 20) : text;
  const line = head
    .replace(terminalEscape, '')
    .replaceAll(joinerPlace, ' ')
    .replace(joiner, joinerPlace)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(unsafe, (run) => (run === joinerPlace ? '\u200d' : ''))
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
