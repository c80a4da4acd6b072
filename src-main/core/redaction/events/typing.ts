import type { RecordedEvent } from '../../../contract/recorded-event';
import { IncrementalSource } from '../../recording/events';
import { isNodeId, type JsonRecord } from '../../recording/json';
import type { RedactionContext } from '../redaction-context';
import { valueMask } from '../placeholders';
import { boxesOf } from '../page/fields';
import { fillEditor } from '../nodes/rewrite-hidden-nodes';
import type { RedactedEvent } from './redacted-event';

/** Notes an input event. `leaveFields` writes it when the user leaves the field. */
export function redactInput(event: RecordedEvent, data: JsonRecord, context: RedactionContext): RedactedEvent[] {
  const { page, counts } = context;
  page.model.apply(event);
  const { id, text, userTriggered } = data;
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  if (!node || typeof text !== 'string') {
    counts.drop('event');
    return [];
  }
  if (text === '') {
    counts.drop('repeat');
    return [];
  }
  const isUser = typeof userTriggered === 'boolean' ? userTriggered : undefined;
  const { node: field } = page.targetOf(node);
  if (!context.closes('typing')) return [writeInput(field.id, isUser)];
  page.visits.note(field, isUser);
  return [];
}

/** Returns one event for each field that the user typed into since the last call. */
export function leaveFields(context: RedactionContext): RedactedEvent[] {
  const { page, counts } = context;
  counts.isQuiet = false;
  return page.visits.leave().flatMap(([field, isUser]): RedactedEvent[] => {
    counts.useRule('side-typing');
    if (page.model.get(field.id) !== field || !page.isIncluded(field)) return [];
    if (page.isClosedEditor(field)) {
      const adds: JsonRecord[] = [];
      fillEditor(field, { adds }, context);
      const lists = { texts: [], attributes: [], removes: [], adds };
      return adds.length === 0 ? [] : [{ data: { source: IncrementalSource.Mutation, ...lists }, isPrivate: true }];
    }
    if (page.regions.inside(field) === 'excluded') return [];
    counts.mask('input');
    return boxesOf(field).map(({ id }) => writeInput(id, isUser));
  });
}

function writeInput(id: number, userTriggered: boolean | undefined): RedactedEvent {
  const isUser = userTriggered === undefined ? {} : { userTriggered };
  return {
    data: { source: IncrementalSource.Input, id, text: valueMask, isChecked: false, ...isUser },
    isPrivate: true,
  };
}
