import type { CaseId, ConnectionId, CasePreviewId, SessionId } from '../../../src-main/contract/ids';

/** A moment of a session, at which it opens. */
export interface Moment {
  /** ms from the session's start. */
  atMs: number;
  windowId: string;
  /** It plays on from there. */
  isPlaying?: boolean;
}

export type Place =
  | { name: 'home' }
  | { name: 'library' }
  | { name: 'search' }
  | { name: 'cases' }
  | { name: 'case'; id: CaseId }
  | { name: 'policies' }
  | { name: 'policy'; id: string; sessionId?: SessionId }
  | { name: 'source'; id: ConnectionId }
  | { name: 'look'; id: CasePreviewId }
  | { name: 'session'; id: SessionId; moment?: Moment };

function isSamePlace(a: Place, b: Place): boolean {
  return a.name === b.name && ('id' in a ? a.id : '') === ('id' in b ? b.id : '');
}

const rememberedPlaces = 50;

/** Where the user is, and the way back. */
class Navigation {
  place = $state.raw<Place>({ name: 'home' });
  /** Asked before a place is left: whoever says no takes it on to go there later. */
  guard: ((leave: () => void) => boolean) | undefined;
  #past: Place[] = [];

  go(place: Place): void {
    if (isSamePlace(place, this.place)) return;
    if (this.guard && !this.guard(() => this.#move(place))) return;
    this.#move(place);
  }

  /** What stands here under another name from now on. */
  rename(place: Place, id: string): void {
    if (this.isAt(place) && this.place.name === 'policy') this.place = { ...this.place, id };
  }

  #move(place: Place): void {
    // What was looked at is closed when it is left.
    if (this.place.name !== 'look') this.#past = [...this.#past, this.place].slice(-rememberedPlaces);
    this.place = place;
  }

  /** Back to the list that the user came from, passing over sessions. */
  leaveSession(): void {
    let target = this.#past.pop();
    while (target?.name === 'session') target = this.#past.pop();
    this.place = target ?? { name: 'library' };
  }

  /** Leaves places that are no longer there. */
  forget(isGone: (place: Place) => boolean): void {
    this.#past = this.#past.filter((place) => !isGone(place));
    if (isGone(this.place)) this.place = this.#past.pop() ?? { name: 'library' };
  }

  isAt(place: Place): boolean {
    return isSamePlace(place, this.place);
  }
}

export const navigation = new Navigation();
