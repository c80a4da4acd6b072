import type { TimelineKind } from '../../../src-main/contract/timeline';
import type { RecordedUser } from '../recorded-user';

/** The kinds of entries that state a judgement, for which precision and recall are published. */
export const judgedKinds = [
  'dead-click',
  'rage-click',
  'idle',
  'gap',
  'navigation',
  'network-error',
  'viewport',
] as const satisfies TimelineKind[];
type JudgedKind = (typeof judgedKinds)[number];

/** An entry of a judged kind and its time, ms since the start. */
export type Finding = `${JudgedKind} ${number}`;

/** A short session, modelled on a public report of a false or missing finding. */
export interface ReportedCase {
  /** The report that it resembles: repository and number, or a page of documentation. */
  report: string;
  title: string;
  /** Writes the session, and returns the entries of judged kinds that are right, except the first page. */
  play: (user: RecordedUser) => Finding[];
  /** The reason why Casement gets it wrong, if it does. */
  limit?: string;
}

/** The usual page of the cases, without a sign of a mouse. Returns its nodes. */
export function openMobileShop(user: RecordedUser, more: object[] = []) {
  const button = user.element('button', {}, ['Save']);
  const status = user.element('p', {}, ['Ready']);
  const heading = user.element('h2', {}, ['Delivery and returns']);
  const text = user.element('p', {}, [
    'We deliver within three working days to all addresses in the country, free of charge.',
  ]);
  const field = user.element('input', { type: 'text', 'aria-label': 'Name' });
  const list = user.element('ul', {}, [user.element('li', {}, ['Row 1'])]);
  user.visit([heading, text, button, status, field, list, ...more]).wait(400);
  return { button, status, heading, text, field, list };
}

/** The same page on a computer with a mouse, which the user has moved. */
export function openShop(user: RecordedUser, more: object[] = []) {
  const nodes = openMobileShop(user, more);
  user.move().wait(400);
  return nodes;
}
