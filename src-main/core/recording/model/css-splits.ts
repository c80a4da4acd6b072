/** The marker between the texts of a `<style>` element in a recorded `_cssText`. */
const splitMark = '/* rr_split */';

/** Returns the sheet's complete text without markers. */
export function joinCss(css: string): string {
  return css.includes(splitMark) ? css.split(splitMark).join('') : css;
}

/**
 * Returns the texts that the Replayer gives to the `count` text nodes of a `<style>` element; fewer if there are fewer parts.
 * Parts beyond the last node go to that node. Old recorders split `0px` after the `p`; the rule is joined again.
 */
export function splitCss(css: string, count: number): string[] {
  const parts = css.split(splitMark);
  const texts =
    count > 0 && parts.length > count ? [...parts.slice(0, count - 1), parts.slice(count - 1).join('')] : parts;
  let borrowed = -1;
  return texts.slice(0, count).map((part, index) => {
    const next = texts[index + 1];
    let text = borrowed >= 0 ? part.slice(borrowed) : part;
    if (next !== undefined && next !== '' && (borrowed >= 0 || (text.endsWith('0p') && next.startsWith('x')))) {
      const end = next.indexOf('}');
      borrowed = end < 0 ? -1 : end + 1;
      if (borrowed > 0) text += next.slice(0, borrowed);
    }
    return text;
  });
}
