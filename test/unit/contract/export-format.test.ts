import { expect, it } from 'vitest';
import {
  commandLineFormats,
  exportFormats,
  formatTable,
  isReport,
  ticketFormats,
  timelineFormats,
} from '../../../src-main/contract/export-format';

it('suggests a file name of its own for each format', () => {
  const names = exportFormats.map((format) => `${formatTable[format].stem}.${formatTable[format].ending}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('offers as a ticket only what is a timeline, and on the command line all but the PDF and the case file', () => {
  expect(ticketFormats).toEqual(['md', 'jira', 'zendesk']);
  expect(timelineFormats).toEqual(expect.arrayContaining([...ticketFormats]));
  expect(exportFormats.filter((format) => !(commandLineFormats as readonly string[]).includes(format))).toEqual([
    'pdf',
    'case',
  ]);
  expect(exportFormats.filter(isReport)).toEqual(['html', 'pdf']);
});
