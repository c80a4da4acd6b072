/**
 * Where the data ports of replays wait for the one who asked for them. The preload's message and the reply to
 * `replay.open` come by different roads, so either can be first.
 */
export class DataPortRegistry<Port extends { close(): void }> {
  readonly #arrived = new Map<string, Port>();
  readonly #waiting = new Map<string, (port: Port) => void>();

  /** A port came. One that nobody took before it is closed: its replay was left. */
  deliver(origin: string, port: Port): void {
    const take = this.#waiting.get(origin);
    this.#waiting.delete(origin);
    if (take) return take(port);
    this.#arrived.get(origin)?.close();
    this.#arrived.set(origin, port);
  }

  /** The port of that origin, now or once it comes. */
  claim(origin: string): Promise<Port> {
    const port = this.#arrived.get(origin);
    this.#arrived.delete(origin);
    if (port) return Promise.resolve(port);
    return new Promise((resolve) => this.#waiting.set(origin, resolve));
  }
}
