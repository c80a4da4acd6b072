import { EventType, IncrementalSource } from '../../recording/events';
import type { JsonRecord } from '../../recording/json';

/** An event as rrweb writes it, without its time. */
export interface ConvertedEvent {
  type: EventType;
  data: JsonRecord;
}

/** A node as rrweb serializes it. Its children are filled in while a tree is built. */
export interface RrwebNode {
  id: number;
  type: number;
  childNodes?: RrwebNode[];
  [field: string]: unknown;
}

export const incremental = (source: IncrementalSource, data: JsonRecord): ConvertedEvent => ({
  type: EventType.IncrementalSnapshot,
  data: { source, ...data },
});

export const customEvent = (tag: string, payload: JsonRecord = {}): ConvertedEvent => ({
  type: EventType.Custom,
  data: { tag, payload },
});

/** The recorder counts from 0, and rrweb from 1. */
export const nodeId = (id: number): number => id + 1;

interface SheetText {
  rules: readonly string[];
  media: readonly string[];
  isDisabled: boolean;
}

/** Returns the rules of a style sheet, each limited to the media of the sheet; none of a disabled one. */
export function effectiveRules({ rules, media, isDisabled }: SheetText): string[] {
  if (isDisabled) return [];
  return media.length === 0 ? [...rules] : [`@media ${media.join(', ')} { ${rules.join('\n')} }`];
}

/** Returns the event by which a document or a shadow root adopts style sheets. `id`: rrweb's id of the document or the host. */
export function adoptSheets(
  id: number,
  sheets: readonly { styleId: number; rules: readonly string[] }[],
): ConvertedEvent {
  return incremental(IncrementalSource.AdoptedStyleSheet, {
    id,
    styleIds: sheets.map(({ styleId }) => styleId),
    styles: sheets.map(({ styleId, rules }) => ({
      styleId,
      rules: rules.map((rule, index) => ({ rule, index })),
    })),
  });
}
