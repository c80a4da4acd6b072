import type { RedactionContext } from '../redaction-context';

/** Masks a text that a program logged, by the policy's rule for the console. */
export function maskMessage(text: string, context: RedactionContext): string {
  const { maskText, policy, counts } = context;
  const rule = policy.console.text;
  const mask = rule === 'none' ? maskText.whole : rule === 'detected' ? maskText.found : maskText;
  const lines = text.split('\n');
  const masked = lines.map((line) => mask(line)).join('\n');
  if (/•|[A-Z]-\d/.test(masked)) counts.mask('console');
  return masked;
}
