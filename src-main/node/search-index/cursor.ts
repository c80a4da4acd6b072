/** Where a page of results begins. Sessions in which all words stand together come first; each part has the newest first. */
export interface Cursor {
  part: 'together' | 'apart';
  /** The number of the last session that was told. */
  after: number;
}

const firstPage: Cursor = { part: 'together', after: 0 };

export function writeCursor({ part, after }: Cursor): string {
  return `${part}-${after}`;
}

/** What isn't a cursor of ours begins at the beginning. */
export function readCursor(cursor: string | undefined): Cursor {
  const match = /^(together|apart)-(\d{1,12})$/.exec(cursor ?? '');
  if (!match) return firstPage;
  return { part: match[1] === 'apart' ? 'apart' : 'together', after: Number(match[2]) };
}
