/** An event of a list that follows the playhead. */
export type FollowEvent =
  /** The user scrolled, or moved through the list with the keyboard. */
  | 'user-scrolled'
  /** The user pressed “Follow”. */
  | 'resumed'
  /** The user chose an entry, which moves the playhead there. */
  | 'entry-chosen';

/** Returns whether the list follows the playhead after the event. Only scrolling by the user stops it. */
export function followsAfter(event: FollowEvent): boolean {
  return event !== 'user-scrolled';
}
