const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** A longer name or member isn't kept. */
const keptBytes = 64_000;

/**
 * Looks at a JSON object while its bytes pass by: counts the items of its arrays and keeps small members. Nothing else is parsed or held,
 * because a recording is streamed.
 */
export class DocumentScan {
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  /** The next string in the outermost object is a name. */
  private isBeforeName = true;
  private name = '';
  /** The bytes of the name or the member that is being read. */
  private collected: number[] | undefined;
  /** Directly in an array of the outermost object, and whether its current item has started. */
  private isInArray = false;
  private hasItem = false;
  private readonly counts = new Map<string, number>();
  private readonly kept = new Map<string, string>();

  /** `members`: the names of the members to keep. */
  constructor(private readonly members: readonly string[] = []) {}

  /** Returns the number of items of the array with this name; 0 if there is none. */
  count(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** Returns a kept member as JSON text; undefined if it is missing or too large. */
  text(name: string): string | undefined {
    return this.kept.get(name);
  }

  see(bytes: Uint8Array): void {
    for (const code of bytes) {
      if (this.isInString) this.seeInString(code);
      else if (code > 0x20) this.seeOutside(code);
    }
  }

  private seeInString(code: number): void {
    const isEnd = code === quote && !this.isEscaped;
    this.isEscaped = code === backslash && !this.isEscaped;
    this.collect(code);
    if (!isEnd) return;
    this.isInString = false;
    if (this.depth === 1 && this.isBeforeName) this.name = parseText(this.takeCollected());
  }

  private seeOutside(code: number): void {
    switch (code) {
      case comma:
        if (this.depth === 1) {
          this.finishMember();
          this.isBeforeName = true;
          return;
        }
        if (this.depth === 2) this.finishItem();
        break;
      case colon:
        if (this.depth !== 1) break;
        this.isBeforeName = false;
        return;
      case openBracket:
      case openBrace:
        this.beginValue();
        this.depth++;
        if (this.depth === 2) this.isInArray = code === openBracket;
        break;
      case closeBracket:
      case closeBrace:
        if (this.depth === 2) this.finishItem();
        if (this.depth === 1) this.finishMember();
        this.depth--;
        break;
      case quote:
        this.isInString = true;
        if (this.depth === 1 && this.isBeforeName) this.collected = [];
        else this.beginValue();
        break;
      default:
        this.beginValue();
    }
    this.collect(code);
  }

  private beginValue(): void {
    if (this.depth === 2) this.hasItem = true;
    else if (this.depth === 1 && !this.isBeforeName && this.members.includes(this.name)) this.collected ??= [];
  }

  private finishItem(): void {
    if (this.hasItem && this.isInArray) this.counts.set(this.name, this.count(this.name) + 1);
    this.hasItem = false;
  }

  private finishMember(): void {
    const text = this.takeCollected();
    if (text !== undefined) this.kept.set(this.name, text);
  }

  private collect(code: number): void {
    if (this.collected && this.collected.length <= keptBytes) this.collected.push(code);
  }

  private takeCollected(): string | undefined {
    const { collected } = this;
    this.collected = undefined;
    if (collected === undefined || collected.length > keptBytes) return undefined;
    return new TextDecoder().decode(new Uint8Array(collected));
  }
}

/** Returns the text of a JSON string; empty for one that can't be read. */
function parseText(json = '""'): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
