import type { JoinedEntry, TimelineKind } from '../../../contract/timeline';
import { entryText } from '../../../contract/words/timeline';
import type { TimelineDocument } from './document';
import {
  machineTime,
  ownFields,
  splitAddress,
  productOf,
  requestAddress,
  severityNumbers,
  nonNegativeInteger,
} from './machine';

const ecsVersion = '9.4.0';

interface Category {
  category: 'web' | 'session';
  type: 'access' | 'error' | 'info';
}

const access: Category = { category: 'web', type: 'access' };
const action: Category = { category: 'web', type: 'info' };
const failure: Category = { category: 'web', type: 'error' };
const session: Category = { category: 'session', type: 'info' };

/** The ECS category of each kind: `web` for actions of the user and the page, `session` for facts about the session itself. */
const categories: Readonly<Record<TimelineKind, Category>> = {
  navigation: access,
  'network-slow': access,
  'network-error': failure,
  error: failure,
  'console-error': failure,
  'console-warning': action,
  click: action,
  'dead-click': action,
  'rage-click': action,
  input: action,
  selection: action,
  copy: action,
  scroll: action,
  viewport: action,
  performance: action,
  breadcrumb: action,
  custom: action,
  tab: session,
  identify: session,
  gap: session,
  lost: session,
  idle: session,
  note: session,
};

const nanosPerMs = 1_000_000;

/** Writes Elastic Common Schema 9.4, one document per line. */
export function writeEcs(document: TimelineDocument): string {
  return document.entries.map((entry, index) => `${JSON.stringify(toEvent(entry, index, document))}\n`).join('');
}

function toEvent(entry: JoinedEntry, index: number, document: TimelineDocument): object {
  const { kind, severity, durationMs, facts = {}, quotes = {} } = entry;
  const text = entryText(entry);
  const { category, type } = categories[kind];
  const at = new Date(machineTime(entry, document)).toISOString();
  const product = productOf(document);
  const isRequest = quotes.route !== undefined;
  const { host, path } = isRequest ? requestAddress(entry) : splitAddress(quotes.page);
  const status = nonNegativeInteger(facts.status);
  const duration = nonNegativeInteger(durationMs);
  const labels = Object.entries(ownFields(entry)).map(([name, value]) => [name, String(value)] as const);
  return {
    '@timestamp': at,
    ecs: { version: ecsVersion },
    message: text,
    event: {
      kind: 'event',
      category: [category],
      type: [type],
      action: kind,
      // A recording doesn't contain the outcome of a click; a slow request without a status may have either.
      outcome: type === 'error' ? 'failure' : status !== undefined && status < 400 ? 'success' : 'unknown',
      module: 'casement',
      dataset: 'casement.timeline',
      sequence: index + 1,
      severity: severityNumbers[severity].syslog,
      ...(duration !== undefined &&
        duration <= Number.MAX_SAFE_INTEGER / nanosPerMs && { duration: duration * nanosPerMs }),
    },
    log: { level: severity },
    ...((host !== undefined || path !== undefined) && {
      url: { ...splitHost(host), ...(path !== undefined && { path }) },
    }),
    ...((isRequest || status !== undefined) && {
      http: {
        ...(facts.method !== undefined && { request: { method: facts.method } }),
        ...(status !== undefined && { response: { status_code: status } }),
      },
    }),
    ...(type === 'error' && { error: { message: text, type: kind } }),
    observer: { vendor: product.name, product: product.name, version: product.version, type: 'session-recording' },
    labels: Object.fromEntries(labels),
  };
}

function splitHost(host: string | undefined): object {
  if (host === undefined) return {};
  const [domain, port] = host.split(':');
  return { domain, ...(port !== undefined && { port: Number(port) }) };
}
