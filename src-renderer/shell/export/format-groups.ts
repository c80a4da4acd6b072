import { exportFormats, formatTable, type ExportFormat } from '../../../src-main/contract/export-format';
import { formatGroupWords } from '../../../src-main/contract/words/export-formats';

const groupIds = Object.keys(formatGroupWords) as (keyof typeof formatGroupWords)[];

/** The formats of an export by whom they are for, in the order in which they are offered. */
export const formatGroups: readonly { id: string; name: string; formats: readonly ExportFormat[] }[] = groupIds.map(
  (id) => ({
    id,
    name: formatGroupWords[id],
    formats: exportFormats.filter((format) => formatTable[format].group === id),
  }),
);
