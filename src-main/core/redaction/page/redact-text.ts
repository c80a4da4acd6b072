import type { Kit } from '../kit';
import { valueMask } from '../masks';
import type { TextContext } from './text-context';

export function redactText(text: string, context: TextContext, kit: Kit): string {
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
      const masked = kit.maskText(text);
      if (masked.includes('•')) kit.tally.mask('text');
      return masked;
    }
  }
}
