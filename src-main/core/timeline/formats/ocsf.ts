import type { JoinedEntry, TimelineKind } from '../../../contract/timeline';
import { entryText, kindWords, severityWords } from '../../../contract/words/timeline';
import type { TimelineDocument } from './document';
import {
  createSessionIds,
  machineTime,
  nonNegativeInteger,
  ownFields,
  productOf,
  requestAddress,
  severityNumbers,
} from './machine';

const version = '1.8.0';

/** The OCSF class of each kind. Only requests and errors have a class of their own; OCSF has none for other actions of a user. */
const classes: Readonly<Record<TimelineKind, 'http' | 'error' | 'base'>> = {
  'network-error': 'http',
  'network-slow': 'http',
  error: 'error',
  'console-error': 'error',
  'console-warning': 'error',
  navigation: 'base',
  click: 'base',
  'dead-click': 'base',
  'rage-click': 'base',
  input: 'base',
  selection: 'base',
  copy: 'base',
  scroll: 'base',
  viewport: 'base',
  tab: 'base',
  performance: 'base',
  breadcrumb: 'base',
  identify: 'base',
  custom: 'base',
  gap: 'base',
  lost: 'base',
  idle: 'base',
  note: 'base',
};

const other = 99;
const httpActivities: Readonly<Record<string, number>> = {
  CONNECT: 1,
  DELETE: 2,
  GET: 3,
  HEAD: 4,
  OPTIONS: 5,
  POST: 6,
  PUT: 7,
  TRACE: 8,
  PATCH: 9,
};

/** Writes OCSF 1.8.0, one event per line. */
export function writeOcsf(document: TimelineDocument): string {
  const sessionOf = createSessionIds(document);
  return document.entries
    .map((entry, index) => `${JSON.stringify(toEvent(entry, index, document, sessionOf(entry)))}\n`)
    .join('');
}

function toEvent(entry: JoinedEntry, index: number, document: TimelineDocument, sessionId: string | undefined): object {
  const { severity, durationMs } = entry;
  const product = productOf(document);
  return {
    ...classFields(entry),
    time: machineTime(entry, document),
    timezone_offset: 0,
    severity_id: severityNumbers[severity].ocsf,
    severity: { info: 'Informational', warning: 'Medium', error: 'High' }[severity],
    message: entryText(entry),
    duration: nonNegativeInteger(durationMs),
    metadata: {
      version,
      product: { name: product.name, vendor_name: product.name, version: product.version },
      log_name: 'session timeline',
      log_level: severityWords[severity],
      sequence: index + 1,
      // Links the events of one session.
      correlation_uid: sessionId,
    },
    unmapped: ownFields(entry),
  };
}

function classFields(entry: JoinedEntry): object {
  const { kind } = entry;
  if (classes[kind] === 'http') return httpFields(entry);
  if (classes[kind] === 'error') {
    return {
      ...numbers(6, 6008, 1, 'General Error'),
      category_name: 'Application Activity',
      class_name: 'Application Error',
    };
  }
  return { ...numbers(0, 0, other, kindWords[kind]), class_name: 'Base Event' };
}

function httpFields(entry: JoinedEntry): object {
  const { kind, facts = {} } = entry;
  const method = facts.method ?? '';
  const known = Object.hasOwn(httpActivities, method) ? httpActivities[method] : undefined;
  const { host, path } = requestAddress(entry);
  const code = nonNegativeInteger(facts.status);
  return {
    ...numbers(4, 4002, known ?? other, known === undefined ? method || kindWords[kind] : titleCase(method)),
    category_name: 'Network Activity',
    class_name: 'HTTP Activity',
    // A slow request with a status succeeded; without a status its outcome is unknown.
    status_id: kind === 'network-error' ? 2 : code === undefined ? 0 : 1,
    http_request: {
      ...(known !== undefined && { http_method: method }),
      ...(path !== undefined && { url: { path, ...(host !== undefined && { hostname: host }) } }),
    },
    ...(code !== undefined && { http_response: { code }, http_status: code }),
  };
}

function numbers(category: number, classNumber: number, activity: number, name: string): object {
  return {
    category_uid: category,
    class_uid: classNumber,
    activity_id: activity,
    activity_name: name,
    type_uid: classNumber * 100 + activity,
  };
}

function titleCase(method: string): string {
  return method.slice(0, 1) + method.slice(1).toLowerCase();
}
