/** What can be wrong with a recording that is readable all the same. Shown to the user with a count. */
export const damageWords = {
  lineUnreadable: 'a line is not JSON',
  lineCutOff: 'the last line is cut off',
  notAnEvent: 'a part is not an event',
  packedUnreadable: 'a packed event can’t be read',
  fieldUnreadable: 'a compressed field can’t be read',
  fieldTooLarge: 'a compressed field is too large',
  zstd: 'zstd isn’t readable yet',
  tooDeep: 'an event is nested too deeply',
  memberUnreadable: 'a file in the archive is not a recording',
  memberSkipped: 'an entry of the archive is not a file',
  archiveDamaged: 'the archive is damaged from here on',
  badTime: 'an event has no valid time',
  farTime: 'the time of an event is far from all others',
  unknownKind: 'an event is of an unknown kind',
  badShape: 'an event is damaged',
  repeated: 'an event is there twice',
  missingMeta: 'a picture of a page came without its size',
  blindWindow: 'a window has no full picture of a page',
} as const;

/** Why a file is not a recording; completes “This is not a session recording that Casement knows: …”. */
export const unreadableWords = {
  notJson: 'it is not JSON',
  unknownShape: 'it holds no list of events',
  noEvents: 'nothing in it is an event of rrweb',
  compressed: 'its compressed data is damaged',
  tooDeep: 'it is nested too deeply',
  emptyArchive: 'the archive holds no recording',
} as const;
