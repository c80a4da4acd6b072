import type { Policy } from '../../contract/policy';
import { interfaceWords } from '../redaction/interface-words';
import type { Allowed } from '../leak-check';
import type { SharedTexts } from '../redaction/shared-texts';

/** Returns what a policy leaves readable, for the gate. It reads only the policy and uses none of the code that redacts by it. */
export function allowedBy(
  { words, allowWords, unmask, console, sharedText, urls }: Policy,
  sharedTexts?: SharedTexts,
): Allowed {
  const kept = new Set([...urls.keepHosts, ...urls.keepSegments]);
  const added = new Set(allowWords.map((word) => word.toLowerCase()));
  return {
    isKnownWord(word) {
      const lower = word.toLowerCase();
      return added.has(lower) || (words === 'interface' && interfaceWords.has(lower));
    },
    isCommonWord: (word) => interfaceWords.has(word.toLowerCase()),
    isShared: (text) => sharedText !== 'off' && (sharedTexts?.has(text) ?? false),
    isKeptInAddress: (part) => kept.has(part),
    staysText: unmask.length > 0 || console.text === 'detected',
  };
}
