import type { ModelNode } from '../../recording/model/dom-model';
import type { Kit } from '../redaction-context';
import { valueMask } from '../masks';
import type { Place } from './text-context';

/** A text as it may be seen at its place. `node` is the text in the page, where it is known there; then it is read with its neighbours. */
export function redactText(text: string, { context, region }: Place, kit: Kit, node?: ModelNode): string {
  switch (context) {
    case 'unseen':
      if (text !== '') kit.tally.drop('text');
      return '';
    case 'style':
      return kit.style.redactSheet(text);
    case 'value':
      if (text.trim() === '') return '';
      kit.tally.mask('input');
      return valueMask;
    case 'words': {
      const written = redactWords(text, region, kit, node);
      if (isChanged(text, written)) kit.tally.mask('text');
      return written;
    }
  }
}

function redactWords(text: string, region: Place['region'], kit: Kit, node: ModelNode | undefined): string {
  if (region === 'masked' || region === 'excluded') return kit.maskText.whole(text);
  if (region === 'plain' && !kit.readsTogether) return kit.maskText(text);
  const parts = node?.text === text ? kit.page.runs.partsOf(node) : undefined;
  const isShared = region === 'plain' && node?.text === text && kit.isShared(text) && kit.page.runs.standsAlone(node);
  const written = isShared
    ? withPlainBlanks(kit.maskText.found(text, parts))
    : region === 'plain'
      ? kit.maskText(text, parts)
      : kit.maskText.found(text, parts);
  if (node) kit.page.written.set(node, written);
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
