import { expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { redactStored } from '../../../src-main/core/export/entry-redaction';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { createRedactor } from '../../../src-main/core/redaction/redact';

const redactor = createRedactor(findPolicy('private-by-default'), { startedAt: 0 });
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
  expect(redactStored([exported], redactor, null, true)[0]?.quotes?.name).toBe(
    'Order •••••••••• of EMAIL-1 for ••••••',
  );
});

it('masks of the page itself get one length in any other timeline', () => {
  expect(redactStored([entry('Order ••••••••••')], redactor, null, false)[0]?.quotes?.name).not.toContain('••••••••••');
});
