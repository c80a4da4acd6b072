import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import { valueMask } from '../placeholders';
import type { TextLocation } from './text-location';

/** Redacts a text by its location. `node` is the text's node, if the page has one; the text is then read together with adjacent texts. */
export function redactText(
  text: string,
  { kind, region }: TextLocation,
  context: RedactionContext,
  node?: ModelNode,
): string {
  switch (kind) {
    case 'unseen':
      if (text !== '') context.counts.drop('text');
      return '';
    case 'style':
      return context.style.redactSheet(text);
    case 'value':
      if (text.trim() === '') return '';
      context.counts.mask('input');
      return valueMask;
    case 'words': {
      const written = redactWords(text, region, context, node);
      if (node) context.page.written.set(node, { original: text, text: written });
      if (isChanged(text, written)) context.counts.mask('text');
      return written;
    }
  }
}

function redactWords(
  text: string,
  region: TextLocation['region'],
  context: RedactionContext,
  node: ModelNode | undefined,
): string {
  if (region === 'masked' || region === 'excluded') return context.maskText.whole(text);
  const isContent = node?.text === text && context.page.runs.isContent(node);
  if (region === 'plain' && !context.joinsAdjacentTexts) return context.maskText(text, undefined, isContent);
  const parts = node?.text === text ? context.page.runs.partsOf(node) : undefined;
  const isShared =
    region === 'plain' && node?.text === text && context.isShared(text) && context.page.runs.standsAlone(node);
  if (isShared) return withPlainBlanks(context.maskText.found(text, parts));
  return region === 'plain' ? context.maskText(text, parts, isContent) : context.maskText.found(text, parts);
}

/** Returns the text with single blanks, the form in which shared texts are counted. Other blanks were not seen by many users. */
function withPlainBlanks(text: string): string {
  return text.replace(/\s+/g, (run) => (run.includes('\n') ? '\n' : ' '));
}

/** Returns whether something is hidden. Blanks and letter forms can change without that. A mask that the page draws counts, whatever its length. */
function isChanged(text: string, written: string): boolean {
  return written.includes('•') || (written !== text && /[A-Z]-\d/.test(written));
}
