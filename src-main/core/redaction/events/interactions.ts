import { MouseInteractions } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { boxesOf } from '../page/fields';
import { redactInteraction, redactMove } from './pointer';
import { touch } from './touch';
import { leaveFields } from './typing';
import type { RedactedEvent } from './redacted-event';

/** Interactions that move the user to another element, which ends the visit to a field. */
const arrivals: ReadonlySet<unknown> = new Set([
  MouseInteractions.MouseDown,
  MouseInteractions.Click,
  MouseInteractions.Focus,
  MouseInteractions.TouchStart,
]);

/** Redacts clicks, touches and focus. On a private element each is reported once per visit, at the last public pointer position. */
export function redactPointing(data: JsonRecord, context: RedactionContext): RedactedEvent[] {
  const { page, counts } = context;
  const written = redactInteraction(data);
  if (!written) {
    counts.drop('event');
    return [];
  }
  const node = isNodeId(data.id) ? page.model.get(data.id) : undefined;
  const target = node && page.targetOf(node);
  const left = arrivals.has(data.type) && target?.node !== page.visits.current ? leaveFields(context) : [];
  if (!target?.isPrivate) {
    if (typeof written.x === 'number' && typeof written.y === 'number') page.pointer = { x: written.x, y: written.y };
    return [...left, { data: written }];
  }
  const { id } = target.node;
  const isSnapped = context.closes('clicks');
  const position = 'x' in written && isSnapped ? page.pointer : {};
  const redacted: RedactedEvent = { data: { ...written, id, ...position }, isPrivate: true };
  if (!isSnapped) return [...left, { data: { ...written, id } }];
  counts.useRule('side-clicks');
  if (data.type === MouseInteractions.Blur) {
    // While the user fills a field that consists of several boxes, the focus moves from box to box.
    if (boxesOf(target.node).length > 1) return left;
    if (page.visits.current === target.node) return [...leaveFields(context), redacted];
  } else if (arrivals.has(data.type)) {
    page.visits.enter(target.node);
    if (page.isInputArea(target.node)) page.visits.beginInput();
  }
  return page.visits.current === target.node && !page.visits.isFirst(Number(data.type)) ? left : [...left, redacted];
}

/** Redacts pointer movements. Drops positions over private elements. */
export function redactPath(source: number, data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  const { page } = context;
  const positions = listOf(data.positions).filter((position) => {
    const node = isRecord(position) && isNodeId(position.id) ? page.model.get(position.id) : undefined;
    const isPrivate = node !== undefined && context.closes('moves') && page.targetOf(node).isPrivate;
    if (isPrivate) {
      context.counts.useRuleOnce('side-moves');
      touch(context);
    }
    return !isPrivate;
  });
  const written = redactMove(source, { positions });
  const last = listOf(written?.positions).at(-1);
  if (isRecord(last) && typeof last.x === 'number' && typeof last.y === 'number')
    page.pointer = { x: last.x, y: last.y };
  return written;
}
