import { expect, it } from 'vitest';
import {
  commandLineFormats,
  exportFormats,
  formatTable,
  isReport,
  ticketFormats,
  timelineFormats,
} from '../../../src-main/contract/export-format';

it('suggests a distinct file name for each format', () => {
  const names = exportFormats.map((format) => `${formatTable[format].stem}.${formatTable[format].ending}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('offers only timelines as tickets, and all formats but PDF and case file on the command line', () => {
  expect(ticketFormats).toEqual(['md', 'jira', 'zendesk']);
  expect(timelineFormats).toEqual(expect.arrayContaining([...ticketFormats]));
  expect(exportFormats.filter((format) => !(commandLineFormats as readonly string[]).includes(format))).toEqual([
    'pdf',
    'case',
  ]);
  expect(exportFormats.filter(isReport)).toEqual(['html', 'pdf']);
});
