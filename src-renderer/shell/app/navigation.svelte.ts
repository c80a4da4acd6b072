import type { CaseId, ConnectionId, CasePreviewId, SessionId } from '../../../src-main/contract/ids';

/** A moment of a session at which the replay opens. */
export interface Moment {
  /** ms from the session's start. */
  atMs: number;
  windowId: string;
  /** The replay plays from there. */
  isPlaying?: boolean;
}

export type Route =
  | { name: 'home' }
  | { name: 'library' }
  | { name: 'search' }
  | { name: 'cases' }
  | { name: 'case'; id: CaseId }
  | { name: 'policies' }
  | { name: 'policy'; id: string; sessionId?: SessionId }
  | { name: 'source'; id: ConnectionId }
  | { name: 'case-preview'; id: CasePreviewId }
  | { name: 'session'; id: SessionId; moment?: Moment };

function isSameRoute(a: Route, b: Route): boolean {
  return a.name === b.name && ('id' in a ? a.id : '') === ('id' in b ? b.id : '');
}

const longestHistory = 50;

/** The view that is shown, and the views before it. */
class Navigation {
  route = $state.raw<Route>({ name: 'home' });
  /** Called before the view changes. Returns false to keep it, and may call `leave` later. */
  guard: ((leave: () => void) => boolean) | undefined;
  #history: Route[] = [];

  go(route: Route): void {
    if (isSameRoute(route, this.route)) {
      // The session that is open seeks to the moment.
      if (route.name === 'session' && route.moment) this.route = route;
      return;
    }
    if (this.guard && !this.guard(() => this.#move(route))) return;
    this.#move(route);
  }

  /** Gives a policy that is shown its new name. */
  rename(route: Route, id: string): void {
    if (this.isAt(route) && this.route.name === 'policy') this.route = { ...this.route, id };
  }

  #move(route: Route): void {
    // A preview is closed when the user leaves it.
    if (this.route.name !== 'case-preview') this.#history = [...this.#history, this.route].slice(-longestHistory);
    this.route = route;
  }

  /** Goes back to the last view that isn't a session. */
  leaveSession(): void {
    let target = this.#history.pop();
    while (target?.name === 'session') target = this.#history.pop();
    this.route = target ?? { name: 'library' };
  }

  /** Leaves views whose subject was removed. */
  forget(isGone: (route: Route) => boolean): void {
    this.#history = this.#history.filter((route) => !isGone(route));
    if (isGone(this.route)) this.route = this.#history.pop() ?? { name: 'library' };
  }

  isAt(route: Route): boolean {
    return isSameRoute(route, this.route);
  }
}

export const navigation = new Navigation();
