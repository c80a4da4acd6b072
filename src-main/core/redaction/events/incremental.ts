import type { RecordedEvent } from '../../../contract/recorded-event';
import { IncrementalSource } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { nameTag } from '../page/element-names';
import { redactMutation } from '../nodes/redact-mutation';
import type { Channel } from '../redaction-counts';
import { redactPath, redactPointing } from './interactions';
import { redactConsole } from './plugins';
import { redactMedia, redactResize, redactScroll } from './pointer';
import { redactAdoptedStyleSheet, redactStyleDeclaration, redactStyleSheetRule } from './style-events';
import { touch } from './touch';
import { redactInput } from './typing';
import type { RedactedEvent } from './redacted-event';

/** Sources that are always dropped, and the channel that they are counted under. */
const refusedSources = new Map<unknown, Channel>([
  [IncrementalSource.CanvasMutation, 'canvas'],
  [IncrementalSource.Font, 'font'],
  [IncrementalSource.Selection, 'selection'],
]);

/** Redacts an incremental event and applies the original to the page model. Also returns typed input that was held back until now. */
export function redactIncremental(event: RecordedEvent, context: RedactionContext): RedactedEvent[] {
  const { data } = event;
  context.page.isTouched = false;
  if (isRecord(data)) noteUses(data, context);
  if (isRecord(data) && data.source === IncrementalSource.Input) return redactInput(event, data, context);
  if (isRecord(data) && data.source === IncrementalSource.Mutation) {
    const written = redactMutation(event, data, context);
    return written ? [{ data: written }] : [];
  }
  const redacted = redactUnchanging(data, context);
  context.page.model.apply(event);
  return redacted;
}

/** Notes the areas that the user is in. */
function noteUses(data: JsonRecord, { page }: RedactionContext): void {
  if (!userSources.has(data.source)) return;
  for (const at of [data, ...listOf(data.positions)])
    if (isRecord(at) && isNodeId(at.id)) page.areas.use(page.model.get(at.id));
}

const userSources: ReadonlySet<unknown> = new Set([
  IncrementalSource.MouseInteraction,
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
  IncrementalSource.Scroll,
  IncrementalSource.Input,
]);

/** Redacts an event that doesn't change what of the page is private. */
function redactUnchanging(data: unknown, context: RedactionContext): RedactedEvent[] {
  if (!isRecord(data)) {
    context.counts.drop('event');
    return [];
  }
  if (data.source === IncrementalSource.MouseInteraction) return redactPointing(data, context);
  const refused = refusedSources.get(data.source);
  const written = refused === undefined ? redactOther(data, context) : undefined;
  if (written) return [{ data: written }];
  if (refused === undefined && !knownSources.has(data.source)) context.counts.dropUnknown('source', 'event');
  else context.counts.drop(refused ?? 'event');
  return [];
}

const knownSources: ReadonlySet<unknown> = new Set(Object.values(IncrementalSource));

function redactOther(data: JsonRecord, context: RedactionContext): JsonRecord | undefined {
  switch (data.source) {
    case IncrementalSource.MouseMove:
    case IncrementalSource.TouchMove:
    case IncrementalSource.Drag:
      return redactPath(data.source, data, context);
    case IncrementalSource.Scroll:
      // Scrolling of a field, an editor or a masked text depends on its content.
      if (!context.closes('scrolling') || !isPrivate(data.id, context)) return redactScroll(data);
      touch(context);
      return undefined;
    case IncrementalSource.ViewportResize:
      return redactResize(data);
    case IncrementalSource.MediaInteraction:
      return isLeftOut(data.id, context) ? undefined : redactMedia(data);
    case IncrementalSource.StyleSheetRule:
      return isLeftOut(data.id, context) ? undefined : redactStyleSheetRule(data, context);
    case IncrementalSource.StyleDeclaration:
      return isLeftOut(data.id, context) ? undefined : redactStyleDeclaration(data, context);
    case IncrementalSource.AdoptedStyleSheet:
      return isLeftOut(data.id, context) ? undefined : redactAdoptedStyleSheet(data, context);
    case IncrementalSource.Log:
      return { source: IncrementalSource.Log, ...redactConsole(data, context) };
    case IncrementalSource.CustomElement: {
      const name = isRecord(data.define) ? data.define.name : undefined;
      if (typeof name !== 'string' || !name.includes('-')) return undefined;
      return { source: IncrementalSource.CustomElement, define: { name: nameTag(name.toLowerCase(), context.names) } };
    }
    default:
      return undefined;
  }
}

function isPrivate(id: unknown, { page }: RedactionContext): boolean {
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  return node !== undefined && page.targetOf(node).isPrivate;
}

/** Returns whether this node of the page was left out. */
function isLeftOut(id: unknown, { page }: RedactionContext): boolean {
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  return node !== undefined && !page.isIncluded(node);
}
