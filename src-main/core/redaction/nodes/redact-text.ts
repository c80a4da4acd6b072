import type { ModelNode } from '../../recording/model/dom-model';
import type { RedactionContext } from '../redaction-context';
import { valueMask } from '../placeholders';
import type { TextLocation } from './text-location';

/** A text as it may be seen at its place. `node` is the text in the page, where it is known there; then it is read with its neighbours. */
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
  if (region === 'plain' && !context.joinsAdjacentTexts) return context.maskText(text);
  const parts = node?.text === text ? context.page.runs.partsOf(node) : undefined;
  const isShared =
    region === 'plain' && node?.text === text && context.isShared(text) && context.page.runs.standsAlone(node);
  const written = isShared
    ? withPlainBlanks(context.maskText.found(text, parts))
    : region === 'plain'
      ? context.maskText(text, parts)
      : context.maskText.found(text, parts);
  if (node) context.page.written.set(node, written);
  return written;
}

/** As they are counted: which blanks stand in a text, and how many, was nowhere seen by many. */
function withPlainBlanks(text: string): string {
  return text.replace(/\s+/g, (run) => (run.includes('\n') ? '\n' : ' '));
}

/** Blanks and forms of letters may change where nothing was hidden. */
function isChanged(text: string, written: string): boolean {
  return written !== text && (written.includes('•') || /[A-Z]-\d/.test(written));
}
