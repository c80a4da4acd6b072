import { expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { keepWritten, redactStoredEntry } from '../../../src-main/core/export/entry-redaction';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { createRedactor } from '../../../src-main/core/redaction/redact';

const masks = createRedactor(findPolicy('private-by-default'), { startedAt: 0 }).contextOf('');
const entry = (name: string): TimelineEntry => ({
  atMs: 0,
  wallMs: null,
  windowId: '1',
  kind: 'click',
  severity: 'info',
  verb: 'clicked',
  quotes: { name },
});

it('an entry of an earlier export keeps its masks and labels, and the rest is masked', () => {
  const exported = entry('Order •••••••••• of EMAIL-1 for Zorblax');
  expect(redactStoredEntry(exported, keepWritten(masks)).quotes?.name).toBe('Order •••••••••• of EMAIL-1 for ••••••');
});

it('masks of the page itself get one length in any other timeline', () => {
  expect(redactStoredEntry(entry('Order ••••••••••'), masks).quotes?.name).not.toContain('••••••••••');
});
