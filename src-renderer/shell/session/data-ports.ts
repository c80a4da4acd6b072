/**
 * Matches the data ports of replays with their claims. The preload's message and the reply to `replay.open` arrive on
 * different channels, so either can be first.
 */
export class DataPortRegistry<Port extends { close(): void }> {
  readonly #arrived = new Map<string, Port>();
  readonly #waiting = new Map<string, (port: Port) => void>();

  /** Stores a port or passes it to its claim. Closes an unclaimed older port, whose replay was left. */
  deliver(origin: string, port: Port): void {
    const take = this.#waiting.get(origin);
    this.#waiting.delete(origin);
    if (take) return take(port);
    this.#arrived.get(origin)?.close();
    this.#arrived.set(origin, port);
  }

  /** Resolves to the port of that origin once it arrives. */
  claim(origin: string): Promise<Port> {
    const port = this.#arrived.get(origin);
    this.#arrived.delete(origin);
    if (port) return Promise.resolve(port);
    return new Promise((resolve) => this.#waiting.set(origin, resolve));
  }
}
