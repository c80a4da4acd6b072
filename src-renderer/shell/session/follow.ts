/** What happens to a list that follows the playhead. */
export type FollowEvent =
  /** The user scrolled, or moved through the list with the keyboard. */
  | 'user-scrolled'
  /** The user pressed “Follow”. */
  | 'resumed'
  /** The user chose an entry, which puts the playhead where they look. */
  | 'entry-chosen';

/** Whether the list follows the playhead after that. Only the user's own scrolling stops it. */
export function followsAfter(event: FollowEvent): boolean {
  return event !== 'user-scrolled';
}
