/** Returns one line of comma-separated values (RFC 4180), without a line end. */
export function writeRow(cells: readonly string[]): string {
  return cells.map(writeCell).join(',');
}

/** Spreadsheets take a cell that starts like this for a formula; an apostrophe makes it text. Some locales accept the full-width forms. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** Many European locales separate cells by semicolons, so a semicolon inside a text begins another cell there. */
const innerFormulaStart = /(;["'\s]*)(?=[=+\-@＝＋－＠])/g;

/** Some formats use this for an empty cell. It is not a formula. */
const placeholder = '-';

function writeCell(value: string): string {
  if (value === placeholder) return value;
  const inert = (formulaStart.test(value) ? `'${value}` : value).replace(innerFormulaStart, "$1'");
  return /[",;\r\n']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
