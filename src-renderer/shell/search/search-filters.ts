import type { SearchFilters, SearchKind } from '../../../src-main/contract/search';
import { timelineKinds } from '../../../src-main/contract/timeline';
import { groupOf, type EventGroup } from '../session/timeline-filter';
import { lengthLimits, type LengthChoice } from '../ui/length-choice';

/** The kinds of hits to filter by: the groups of the event list, and text on the page. */
export type PlaceGroup = EventGroup | 'text';

/** The state of the filter form. Days are `YYYY-MM-DD` or empty, in the computer's time zone. */
export interface FilterForm {
  groups: readonly PlaceGroup[];
  hasError: boolean;
  hasRage: boolean;
  user: string;
  url: string;
  /** Empty for any. */
  source: string;
  fromDay: string;
  toDay: string;
  length: LengthChoice;
}

export const noFilters: FilterForm = {
  groups: [],
  hasError: false,
  hasRage: false,
  user: '',
  url: '',
  source: '',
  fromDay: '',
  toDay: '',
  length: 'any',
};

/** In display order. */
export const placeGroups: readonly PlaceGroup[] = [
  'text',
  'errors',
  'warnings',
  'frustration',
  'clicks',
  'inputs',
  'pages',
  'notes',
  'other',
];

/** Converts the form to the filters of a query. */
export function readFilters(form: FilterForm): SearchFilters {
  const kinds = form.groups.flatMap(kindsOf);
  const fromMs = readDay(form.fromDay, '00:00:00.000');
  const toMs = readDay(form.toDay, '23:59:59.999');
  return {
    ...lengthLimits[form.length],
    ...(kinds.length > 0 && { kinds }),
    ...(form.hasError && { hasError: true }),
    ...(form.hasRage && { hasRage: true }),
    ...(form.user.trim() !== '' && { user: form.user }),
    ...(form.url.trim() !== '' && { url: form.url }),
    ...(form.source !== '' && { source: form.source }),
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
  };
}

/** Returns the number of active filters. */
export function countFilters(form: FilterForm): number {
  const { groups, hasError, hasRage, user, url, source, fromDay, toDay, length } = form;
  const isActive = [
    groups.length > 0,
    hasError,
    hasRage,
    user.trim(),
    url.trim(),
    source,
    fromDay,
    toDay,
    length !== 'any',
  ];
  return isActive.filter(Boolean).length;
}

function kindsOf(group: PlaceGroup): SearchKind[] {
  return group === 'text' ? ['text'] : timelineKinds.filter((kind) => groupOf(kind) === group);
}

function readDay(day: string, time: string): number | undefined {
  const atMs = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T${time}`).getTime() : NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
