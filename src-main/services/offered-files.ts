/** The files that the system asks Casement to open, kept until the shell takes them. */
export class OfferedFiles {
  private paths: string[] = [];
  private notify: () => void = () => undefined;

  add(paths: readonly string[]): void {
    this.paths.push(...paths);
    if (paths.length > 0) this.notify();
  }

  /** Each file is taken once. */
  take(): string[] {
    return this.paths.splice(0);
  }

  /** Calls the listener for each later offer, and at once if files are waiting. */
  onOffer(listener: () => void): void {
    this.notify = listener;
    if (this.paths.length > 0) listener();
  }
}
