/** A container that the parser has opened. The first frame is the file itself. */
export type Frame = TopFrame | ListFrame | ObjectFrame | WindowMapFrame;

interface TopFrame {
  kind: 'top';
}

/** An array of items. */
export interface ListFrame {
  kind: 'list';
  windowId: string;
  level: number;
  /** After a value, before the comma. */
  needsComma: boolean;
  isEmpty: boolean;
  /** Its first item is a packed string, so the others should be, too. */
  hasStrings: boolean;
}

/** An object that is read key by key: a document, a part of it around the list of events, a group, or a lost event. */
export interface ObjectFrame {
  kind: 'object';
  windowId: string;
  level: number;
  /** A group of one window's events rather than a document. */
  isGroup: boolean;
  wrapperLevel: number;
  needsComma: boolean;
  /** The key that is being read. */
  key: string;
  /** A list in it has items, so it isn't an event, and its other lists are ignored. */
  hasList: boolean;
  type: number | undefined;
  time: number | undefined;
  version: string | undefined;
  /** The reason of its loss if it turns out to be an event. */
  reason: string;
}

/** An object with a list for each window. */
export interface WindowMapFrame {
  kind: 'windows';
  level: number;
  needsComma: boolean;
}

export function openList(windowId: string, level: number): ListFrame {
  return { kind: 'list', windowId, level, needsComma: false, isEmpty: true, hasStrings: false };
}

export function openObject(
  frame: Pick<ObjectFrame, 'windowId' | 'level' | 'isGroup' | 'wrapperLevel' | 'reason'>,
): ObjectFrame {
  return {
    ...frame,
    kind: 'object',
    needsComma: false,
    key: '',
    hasList: false,
    type: undefined,
    time: undefined,
    version: undefined,
  };
}
