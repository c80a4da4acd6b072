import { expect, it } from 'vitest';
import { exportFormats } from '../../../src-main/contract/export-format';
import { formatGroups } from '../../../src-renderer/shell/export/format-groups';

it('every export format is in exactly one group', () => {
  const grouped = formatGroups.flatMap(({ formats }) => formats);
  expect([...grouped].sort()).toEqual([...exportFormats].sort());
});
