/** Lets changes to one session happen one after the other, so that none builds on what another is replacing. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the step when all earlier ones of this session have ended, however they ended. */
  take<T>(id: string, step: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(id) ?? Promise.resolve()).then(step, step);
    this.last.set(id, turn);
    const forget = (): void => {
      if (this.last.get(id) === turn) this.last.delete(id);
    };
    turn.then(forget, forget);
    return turn;
  }
}
