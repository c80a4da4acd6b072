/** The keys of platforms' custom events, with the kinds of their values: constants of the formats, not values of a session. */

/** `page`, `console`: read like the addresses and messages of rrweb's plugins. `number`: a measurement, a status or a time. */
export type PlatformValue = 'page' | 'console' | 'number';

const keysByTag = new Map<unknown, ReadonlyMap<string, PlatformValue>>();

function give(tags: string, values: Readonly<Record<PlatformValue, string>>): void {
  const keys = new Map<string, PlatformValue>();
  for (const kind of ['page', 'console', 'number'] as const)
    for (const key of values[kind].split(' ')) if (key !== '') keys.set(key, kind);
  for (const tag of tags.split(' ')) keysByTag.set(tag, keys);
}

give('breadcrumb', {
  page: 'url to from',
  console: 'message category',
  number: 'timestamp status_code clickCount timeAfterClickMs nodeId count',
});
give('performanceSpan', {
  page: 'description',
  console: '',
  number: `startTimestamp endTimestamp statusCode size encodedBodySize decodedBodySize value jsHeapSizeLimit totalJSHeapSize usedJSHeapSize`,
});
give('$pageview $url_changed', { page: 'href', console: '', number: '' });
give('$exception', { page: '', console: 'type value $exception_type $exception_message', number: '' });
give('fetch-request', { page: 'url', console: '', number: 'status duration timestamp startTime endTime' });

/** Returns what the keys of a custom event with this tag hold. Undefined for an event of no known platform. */
export function platformKeys(tag: unknown): ReadonlyMap<string, PlatformValue> | undefined {
  return keysByTag.get(tag);
}
