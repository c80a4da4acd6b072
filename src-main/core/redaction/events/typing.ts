import type { RecordedEvent } from '../../../contract/recorded-event';
import { IncrementalSource } from '../../recording/events';
import { isNodeId, type JsonRecord } from '../../recording/json';
import type { Kit } from '../redaction-context';
import { valueMask } from '../masks';
import { boxesOf } from '../page/fields';
import { fillEditor } from '../page/rewrite';
import type { Written } from './redacted-event';

/** An input event: noted, and written when the field is left. */
export function redactInput(event: RecordedEvent, data: JsonRecord, kit: Kit): Written[] {
  const { page, tally } = kit;
  page.model.apply(event);
  const { id, text, userTriggered } = data;
  const node = isNodeId(id) ? page.model.get(id) : undefined;
  if (!node || typeof text !== 'string') {
    tally.drop('event');
    return [];
  }
  if (text === '') {
    tally.drop('repeat');
    return [];
  }
  const isUser = typeof userTriggered === 'boolean' ? userTriggered : undefined;
  const { node: field } = page.targetOf(node);
  if (!kit.closes('typing')) return [writeInput(field.id, isUser)];
  page.visits.note(field, isUser);
  tally.useRule('side-typing');
  return [];
}

/** What was typed since fields were last left: for each of them, that it was, and no more. */
export function leaveFields(kit: Kit): Written[] {
  const { page, tally } = kit;
  return page.visits.leave().flatMap(([field, isUser]): Written[] => {
    if (page.model.get(field.id) !== field || !page.isSent(field)) return [];
    if (page.isClosedEditor(field)) {
      const adds: JsonRecord[] = [];
      fillEditor(field, { adds }, kit);
      const lists = { texts: [], attributes: [], removes: [], adds };
      return adds.length === 0 ? [] : [{ data: { source: IncrementalSource.Mutation, ...lists }, isPrivate: true }];
    }
    if (page.regions.inside(field) === 'excluded') return [];
    tally.mask('input');
    return boxesOf(field).map(({ id }) => writeInput(id, isUser));
  });
}

function writeInput(id: number, userTriggered: boolean | undefined): Written {
  const isUser = userTriggered === undefined ? {} : { userTriggered };
  return {
    data: { source: IncrementalSource.Input, id, text: valueMask, isChecked: false, ...isUser },
    isPrivate: true,
  };
}
