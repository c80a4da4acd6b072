import { isRecord, listOf, type JsonRecord } from '../../recording/json';
import { isCopyTag, isIdentifyTag, isSilentTag, readSignal } from '../../recording/signals/platform-signal';
import { toPlainLine } from '../../text/plain-line';
import { describeError } from './console';
import { readAmplitudeCall } from './amplitude-call';
import type { RequestContext } from './network';
import { readBreadcrumb } from './sentry-breadcrumb';
import { readSpan } from './sentry-span';
import { nothing, draftSignal, type Signal } from './signal';

const nameLimit = 80;

/**
 * Reads the custom events of Sentry, PostHog and Amplitude. For any other event, the entry contains only the tag, since the payload may contain
 * anything.
 */
export function readCustom(tag: string, payload: unknown, context: RequestContext): Signal {
  const body = readSignal(tag, payload)?.payload ?? {};
  const { at } = context;
  if (isSilentTag(tag)) return nothing;
  switch (tag) {
    case 'breadcrumb':
      return readBreadcrumb(body, context);
    case 'performanceSpan':
      return readSpan(body, context);
    case 'fetch-request':
      return readAmplitudeCall(body, context);
    case '$pageview':
    case '$url_changed':
      return typeof body.href === 'string' ? { kind: 'address', href: body.href } : nothing;
    case '$exception':
      return { kind: 'draft', draft: describeError(readException(body), at) };
    case 'recording paused':
      return { kind: 'paused' };
    case 'recording resumed':
      return { kind: 'resumed' };
    case 'window hidden':
      return { kind: 'left' };
    case 'window visible':
      return { kind: 'came-back' };
    case 'browser offline':
      return draftSignal(at, 'network-error', 'warning', 'went-offline');
    case 'browser online':
      return draftSignal(at, 'breadcrumb', 'info', 'came-online');
    default:
      break;
  }
  if (isCopyTag(tag)) return draftSignal(at, 'copy', 'info', 'copied');
  if (isIdentifyTag(tag)) return draftSignal(at, 'identify', 'info', 'identified', { user: readUser(body) });
  return draftSignal(at, 'custom', 'info', 'sent-event', { label: toPlainLine(tag, nameLimit) });
}

/** Reads PostHog's exception: `$exception_list: [{type, value}]`, or the older flat fields. */
function readException(body: JsonRecord): string {
  const properties = isRecord(body.properties) ? body.properties : body;
  const [first] = listOf(properties.$exception_list);
  const type = isRecord(first) ? first.type : properties.$exception_type;
  const value = isRecord(first) ? first.value : properties.$exception_message;
  return [type, value].filter((part) => typeof part === 'string' && part !== '').join(': ');
}

/** Returns the first property that identifies the user, from where platforms and applications store it. */
function readUser(body: JsonRecord): string {
  const sets = [body, body.traits, body.$set, body.user, body.properties].filter(isRecord);
  for (const key of ['email', 'username', 'name', 'distinct_id', 'distinctId', 'userId', 'user_id', 'id']) {
    for (const set of sets) {
      const value = set[key];
      if (typeof value === 'string' || typeof value === 'number') return toPlainLine(String(value), nameLimit);
    }
  }
  return '';
}
