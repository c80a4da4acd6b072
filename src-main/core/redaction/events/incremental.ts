import type { RecordedEvent } from '../../../contract/recorded-event';
import { IncrementalSource } from '../../recording/events';
import { isNodeId, isRecord, type JsonRecord } from '../../recording/json';
import type { Kit } from '../redaction-context';
import { nameTag } from '../page/element-names';
import { redactMutation } from '../page/redact-mutation';
import type { Channel } from '../redaction-counts';
import { redactPath, redactPointing } from './interactions';
import { redactMedia, redactResize, redactScroll } from './pointer';
import { redactAdoptedStyleSheet, redactStyleDeclaration, redactStyleSheetRule } from './style-events';
import { redactInput } from './typing';
import type { Written } from './redacted-event';

/** Sources that never pass, and what they are counted as. */
const refusedSources = new Map<unknown, Channel>([
  [IncrementalSource.CanvasMutation, 'canvas'],
  [IncrementalSource.Font, 'font'],
  [IncrementalSource.Selection, 'selection'],
  [IncrementalSource.Log, 'console'],
]);

/** What of an incremental event may leave, with what was held back until now. Applies the original to the model. */
export function redactIncremental(event: RecordedEvent, kit: Kit): Written[] {
  const { data } = event;
  if (!isRecord(data)) {
    kit.tally.drop('event');
    return [];
  }
  if (data.source === IncrementalSource.Input) return redactInput(event, data, kit);
  if (data.source === IncrementalSource.MouseInteraction) return redactPointing(data, kit);
  if (data.source === IncrementalSource.Mutation) {
    const written = redactMutation(event, data, kit);
    return written ? [{ data: written }] : [];
  }
  const refused = refusedSources.get(data.source);
  const written = refused === undefined ? redactOther(data, kit) : undefined;
  if (written) return [{ data: written }];
  if (refused === undefined && !knownSources.has(data.source)) kit.tally.dropUnknown('source', 'event');
  else kit.tally.drop(refused ?? 'event');
  return [];
}

const knownSources: ReadonlySet<unknown> = new Set(Object.values(IncrementalSource));

function redactOther(data: JsonRecord, kit: Kit): JsonRecord | undefined {
  switch (data.source) {
    case IncrementalSource.MouseMove:
    case IncrementalSource.TouchMove:
    case IncrementalSource.Drag:
      return redactPath(data.source, data, kit);
    case IncrementalSource.Scroll:
      // A field scrolls sideways with what is typed into it, an editor and a masked text with what is in them.
      return kit.closes('scrolling') && isPrivate(data.id, kit) ? undefined : redactScroll(data);
    case IncrementalSource.ViewportResize:
      return redactResize(data);
    case IncrementalSource.MediaInteraction:
      return isLeftOut(data.id, kit) ? undefined : redactMedia(data);
    case IncrementalSource.StyleSheetRule:
      return isLeftOut(data.id, kit) ? undefined : redactStyleSheetRule(data, kit);
    case IncrementalSource.StyleDeclaration:
      return isLeftOut(data.id, kit) ? undefined : redactStyleDeclaration(data, kit);
    case IncrementalSource.AdoptedStyleSheet:
      return isLeftOut(data.id, kit) ? undefined : redactAdoptedStyleSheet(data, kit);
    case IncrementalSource.CustomElement: {
      const name = isRecord(data.define) ? data.define.name : undefined;
      if (typeof name !== 'string' || !name.includes('-')) return undefined;
      return { source: IncrementalSource.CustomElement, define: { name: nameTag(name.toLowerCase(), kit.names) } };
    }
    default:
      return undefined;
  }
}

function isPrivate(id: unknown, { page }: Kit): boolean {
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  return node !== undefined && page.targetOf(node).isPrivate;
}

/** Is this a node of the page that wasn't written? */
function isLeftOut(id: unknown, { page }: Kit): boolean {
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  return node !== undefined && !page.isSent(node);
}
