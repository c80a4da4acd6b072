import { expect, it } from 'vitest';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { toSession } from '../../helpers/redacted-session';
import { element, snapshot, startedAt, text } from './small-page';

const page = snapshot([
  element(10, 'p', {}, [text(11, 'Save your order now')]),
  element(12, 'p', {}, [text(13, 'Annual report')]),
]);

async function exported(policy: string, values: readonly string[] = []): Promise<string> {
  const literals = values.map((value) => ({ value, of: value, channel: 'text' }));
  const options = { policy: findPolicy(policy), notes: [], startedAt, literals };
  const prepared = await prepareExport(toSession([page]), options);
  const events: unknown[] = [];
  for await (const { event } of prepared.recording.events()) events.push(event);
  return JSON.stringify(events);
}

it.each(['private-by-default', 'readable', 'internal'])(
  'hides a given literal under %s, even a common word',
  async (policy) => {
    expect(await exported(policy)).toContain('Save your order');
    const hidden = await exported(policy, ['order', 'Annual report']);
    expect(hidden).toContain('Save your');
    expect(hidden).not.toMatch(/order|annual/i);
  },
);
