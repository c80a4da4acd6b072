/** One line of comma-separated values, as RFC 4180 has it, without its end. */
export function writeRow(cells: readonly string[]): string {
  return cells.map(writeCell).join(',');
}

/** A spreadsheet takes a cell that starts like this for a formula; an apostrophe makes it text. The wide forms count in some locales. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** Where semicolons part the cells, as in half of Europe, one inside of a text begins another cell. */
const innerFormulaStart = /(;["'\s]*)(?=[=+\-@＝＋－＠])/g;

/** What stands for nothing in some formats is no formula. */
const placeholder = '-';

function writeCell(value: string): string {
  if (value === placeholder) return value;
  const inert = (formulaStart.test(value) ? `'${value}` : value).replace(innerFormulaStart, "$1'");
  return /[",;\r\n']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
