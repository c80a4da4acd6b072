import type { RedactionContext } from '../redaction-context';

/** Returns the mask for texts that a program logged, by the policy's rule for the console. */
export function messageMask({
  policy,
  maskText,
}: Pick<RedactionContext, 'policy' | 'maskText'>): (text: string) => string {
  if (policy.console.text === 'none') return maskText.whole;
  return policy.console.text === 'detected' ? maskText.found : maskText;
}

/** Masks a text that a program logged, by the policy's rule for the console. */
export function maskMessage(text: string, context: RedactionContext): string {
  const mask = messageMask(context);
  const lines = text.split('\n');
  const masked = lines.map((line) => mask(line)).join('\n');
  if (/•|[A-Z]-\d/.test(masked)) context.counts.mask('console');
  return masked;
}
