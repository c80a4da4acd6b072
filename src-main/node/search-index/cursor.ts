/** The start of a page of results. Sessions with all words at one position come first; each part is sorted newest first. */
export interface Cursor {
  part: 'together' | 'apart';
  /** The number of the last session on the previous page. */
  after: number;
}

const firstPage: Cursor = { part: 'together', after: 0 };

export function writeCursor({ part, after }: Cursor): string {
  return `${part}-${after}`;
}

/** Parses a cursor. Returns the first page for an invalid one. */
export function readCursor(cursor: string | undefined): Cursor {
  const match = /^(together|apart)-(\d{1,12})$/.exec(cursor ?? '');
  if (!match) return firstPage;
  return { part: match[1] === 'apart' ? 'apart' : 'together', after: Number(match[2]) };
}
