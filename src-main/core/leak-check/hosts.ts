/** The hosts of the recorded pages and of their requests. Their names stay in an export even if the user typed them. */
export class Hosts {
  private readonly names = new Set<string>();

  note(text: string): void {
    if (this.names.size > 10_000) return;
    for (const [, host = ''] of text.matchAll(
      /^(?:https?:)?\/\/(?:[^/?#@\s]*@)?([a-z0-9.-]{3,253}|\[[0-9a-f:.]{3,45}\])(?=[:/?#]|$)/gi,
    )) {
      if (host.startsWith('[')) this.names.add(host.slice(1, -1).toLowerCase());
      const labels = host.toLowerCase().split('.');
      for (const count of [2, 3]) this.names.add(labels.slice(-count).join('.'));
      if (labels.length > 1) for (const label of labels.slice(-2)) this.names.add(label);
    }
  }

  has(text: string): boolean {
    return this.names.has(text.toLowerCase());
  }
}
