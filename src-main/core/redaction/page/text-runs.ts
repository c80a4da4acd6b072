import { NodeType } from '../../recording/events';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { countWords, wordsLimit } from '../mask-text';
import type { FoundPart, PrivateValues } from '../private-values/private-values';

/** Inline elements. The texts inside and around them are read as one. */
const inlineTags: ReadonlySet<string> = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rb rp rt ruby s samp small span strike strong sub sup
  time tspan tt u var wbr`.split(/\s+/),
);

/** Further text nodes of one block are read one by one. */
const runNodesLimit = 5000;

const none: readonly FoundPart[] = [];

/**
 * Finds private values across text nodes: a value can be split into many nodes, down to one node per letter. The texts of a block are joined,
 * and each node gets its part of each finding.
 */
export class TextRuns {
  private readonly blocks = new WeakMap<ModelNode, { changes: number; parts: Map<ModelNode, FoundPart[]> }>();

  private readonly lengths = new WeakMap<ModelNode, { changes: number; isContent: boolean }>();

  constructor(
    private readonly model: DomModel,
    private readonly values: PrivateValues,
  ) {}

  /** Returns the private parts of a text node. */
  partsOf(node: ModelNode): readonly FoundPart[] {
    const block = blockOf(node);
    if (!block) return this.findAlone(node.text);
    let known = this.blocks.get(block);
    if (known?.changes !== this.model.changes) {
      known = { changes: this.model.changes, parts: this.read(block) };
      this.blocks.set(block, known);
    }
    return known.parts.get(node) ?? none;
  }

  /**
   * Returns whether a text belongs to a block with too many words for a label: a letter that is cut by line breaks, links or a span for each
   * word. A row of links alone is a menu.
   */
  isContent(node: ModelNode): boolean {
    const block = blockOf(node);
    if (!block) return false;
    let known = this.lengths.get(block);
    if (known?.changes !== this.model.changes) {
      known = { changes: this.model.changes, isContent: isLongBlock(block) };
      this.lengths.set(block, known);
    }
    return known.isContent;
  }

  /** Returns all text nodes of the block that contains this one, including itself. */
  neighbours(node: ModelNode): ModelNode[] {
    const block = blockOf(node);
    return block ? runsOf(block).flat() : [node];
  }

  /** Returns whether this is the only text in its line. A part of a text can be harmless even if the complete text isn't. */
  standsAlone(node: ModelNode): boolean {
    const block = blockOf(node);
    const run = block && runsOf(block).find((texts) => texts.includes(node));
    return run?.every((text) => text === node || text.text.trim() === '') ?? false;
  }

  private findAlone(text: string): FoundPart[] {
    return this.values.find(text).map((found) => ({ ...found, value: text.slice(found.start, found.end) }));
  }

  private read(block: ModelNode): Map<ModelNode, FoundPart[]> {
    const parts = new Map<ModelNode, FoundPart[]>();
    for (const run of runsOf(block)) {
      const text = run.map((node) => node.text).join('');
      for (const found of this.values.find(text)) {
        let at = 0;
        let value = text.slice(found.start, found.end);
        for (const node of run) {
          const [start, end] = [Math.max(found.start - at, 0), Math.min(found.end - at, node.text.length)];
          at += node.text.length;
          if (start >= end) continue;
          const list = parts.get(node);
          const part = { start, end, kind: found.kind, value };
          if (list) list.push(part);
          else parts.set(node, [part]);
          value = '';
        }
      }
      // Beside other texts a value can end elsewhere. What is private in a text alone is so in company, too.
      if (run.length > 1)
        for (const node of run) {
          const alone = this.findAlone(node.text);
          if (alone.length > 0) parts.set(node, withRest(parts.get(node) ?? [], alone));
        }
    }
    return parts;
  }
}

/** Returns the parts, and those of `more` outside of them, in order. */
function withRest(parts: readonly FoundPart[], more: readonly FoundPart[]): FoundPart[] {
  const all = [...parts];
  for (const { start, end, kind, value } of more) {
    let at = start;
    for (const part of parts) {
      if (part.end <= at || part.start >= end) continue;
      if (part.start > at)
        all.push({ start: at, end: part.start, kind, value: value.slice(at - start, part.start - start) });
      at = part.end;
    }
    if (at < end) all.push({ start: at, end, kind, value: value.slice(at - start) });
  }
  return all.sort((a, b) => a.start - b.start);
}

function isLongBlock(block: ModelNode): boolean {
  const texts = runsOf(block).flat();
  if (texts.length < 2) return false;
  let own = 0;
  let linked = 0;
  for (const node of texts) {
    const words = countWords(node.text);
    if (isLinked(node, block)) linked += words;
    else own += words;
    if (own > wordsLimit) return true;
  }
  return own > linked && own + linked > wordsLimit;
}

function isLinked(node: ModelNode, block: ModelNode): boolean {
  for (let at = node.parent; at && at !== block; at = at.parent) if (at.tag === 'a') return true;
  return false;
}

function blockOf(node: ModelNode): ModelNode | undefined {
  let block = node.parent;
  while (block?.type === NodeType.Element && inlineTags.has(block.tag) && block.parent) block = block.parent;
  return block;
}

/** Returns the text nodes of a block in order, as runs that end at another block or a line break. */
function runsOf(block: ModelNode): ModelNode[][] {
  const runs: ModelNode[][] = [];
  let run: ModelNode[] = [];
  let count = 0;
  const close = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  const walk = (node: ModelNode, depth: number): void => {
    for (const child of node.children) {
      if (child.type === NodeType.Text) {
        if (++count > runNodesLimit) close();
        run.push(child);
      } else if (child.type === NodeType.Element) {
        if (inlineTags.has(child.tag) && depth < 200) walk(child, depth + 1);
        else close();
      }
    }
  };
  walk(block, 0);
  close();
  return runs;
}
