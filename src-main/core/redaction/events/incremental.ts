import type { RecordedEvent } from '../../../contract/recorded-event';
import type { DomModel } from '../../recording/dom-model';
import { IncrementalSource, MouseInteractions } from '../../recording/events';
import { isNodeId, isRecord, type JsonRecord } from '../../recording/json';
import type { Kit } from '../kit';
import { nameTag } from '../page/element-names';
import type { InputEpisodes } from '../page/input-episodes';
import { redactMutation } from '../page/redact-mutation';
import type { Channel } from '../tally';
import { redactInteraction, redactMedia, redactMove, redactResize, redactScroll } from './pointer';
import { redactAdoptedStyleSheet, redactStyleDeclaration, redactStyleSheetRule } from './style-events';

/** What is known of one window (tab) while its events go by. */
export interface WindowState {
  model: DomModel;
  inputs: InputEpisodes;
}

/** Sources that never pass, and what they are counted as. */
const refusedSources = new Map<unknown, Channel>([
  [IncrementalSource.CanvasMutation, 'canvas'],
  [IncrementalSource.Font, 'font'],
  [IncrementalSource.Selection, 'selection'],
  [IncrementalSource.Log, 'console'],
]);

/** The data of an incremental event written anew, or undefined where nothing of it may pass. Applies the original to the model. */
export function redactIncremental(event: RecordedEvent, window: WindowState, kit: Kit): JsonRecord | undefined {
  const { data } = event;
  if (!isRecord(data)) {
    kit.tally.drop('event');
    return undefined;
  }
  if (data.source === IncrementalSource.Mutation) return redactMutation(event, data, window.model, kit);
  if (data.source === IncrementalSource.Input) return redactInput(event, data, window, kit);
  const refused = refusedSources.get(data.source);
  const written = refused === undefined ? redactOther(data, window, kit) : undefined;
  if (!written) kit.tally.drop(refused ?? 'event');
  return written;
}

function redactOther(data: JsonRecord, window: WindowState, kit: Kit): JsonRecord | undefined {
  switch (data.source) {
    case IncrementalSource.MouseMove:
    case IncrementalSource.TouchMove:
    case IncrementalSource.Drag:
      return redactMove(data.source, data);
    case IncrementalSource.MouseInteraction:
      followFocus(data, window.inputs);
      return redactInteraction(data);
    case IncrementalSource.Scroll:
      // A field scrolls sideways with what is typed into it.
      return isField(data.id, window.model) ? undefined : redactScroll(data);
    case IncrementalSource.ViewportResize:
      return redactResize(data);
    case IncrementalSource.MediaInteraction:
      return redactMedia(data);
    case IncrementalSource.StyleSheetRule:
      return redactStyleSheetRule(data, kit);
    case IncrementalSource.StyleDeclaration:
      return redactStyleDeclaration(data, kit);
    case IncrementalSource.AdoptedStyleSheet:
      return redactAdoptedStyleSheet(data, kit);
    case IncrementalSource.CustomElement: {
      const name = isRecord(data.define) ? data.define.name : undefined;
      if (typeof name !== 'string' || !name.includes('-')) return undefined;
      return { source: IncrementalSource.CustomElement, define: { name: nameTag(name.toLowerCase(), kit.names) } };
    }
    default:
      return undefined;
  }
}

function followFocus({ type, id }: JsonRecord, inputs: InputEpisodes): void {
  if (type === MouseInteractions.Focus || type === MouseInteractions.Blur) inputs.end();
  else if (type === MouseInteractions.Click && isNodeId(id)) inputs.click(id);
}

function isField(id: unknown, model: DomModel): boolean {
  const tag = isNodeId(id) ? model.get(id)?.tag : undefined;
  return tag === 'input' || tag === 'textarea';
}

function redactInput(
  event: RecordedEvent,
  data: JsonRecord,
  { model, inputs }: WindowState,
  kit: Kit,
): JsonRecord | undefined {
  model.apply(event);
  const { id, text, userTriggered } = data;
  if (!isNodeId(id) || typeof text !== 'string') {
    kit.tally.drop('event');
    return undefined;
  }
  const shown = inputs.take(id, text);
  if (shown === undefined) {
    kit.tally.drop('repeat');
    return undefined;
  }
  if (shown !== '') kit.tally.mask('input');
  const isUser = typeof userTriggered === 'boolean' ? { userTriggered } : {};
  return { source: IncrementalSource.Input, id, text: shown, isChecked: false, ...isUser };
}
