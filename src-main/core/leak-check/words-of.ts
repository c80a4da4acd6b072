import { isUnsegmented, nameLike } from './unsegmented-scripts';

const invisible = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu;
const ascii = /^[\x20-\x7e]*$/;
const shortestWord = 3;

/** Returns the words of a text that can be names, as a reader sees them: without quotes around them, in one composition. */
export function wordsOf(text: string): string[] {
  const plain = ascii.test(text) ? text : text.normalize('NFKC').replace(invisible, '').replace(/[’‘ʼ]/g, "'");
  return (plain.match(nameLike) ?? [])
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word.length >= shortestWord || isUnsegmented(word) || !/^[\x00-\x7f]*$/.test(word));
}
