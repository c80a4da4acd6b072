import type { LeakLocation } from '../../contract/words/gate';
import { keyBefore } from './leaf-position';

/** Keys of redacted events and of timelines, by the kind of location that a user knows them as. */
const locationsByKey: readonly [RegExp, LeakLocation][] = [
  [/^textcontent$/, 'page-text'],
  [/^(?:href|src|name|url|action|poster|srcset|url\.[a-z]+)$/, 'address'],
  [/^(?:_csstext|rules?|replace|replacesync|style)$/, 'style'],
  [/^(?:payload|trace|level|message|log\.[a-z]+)$/, 'console'],
  [/^(?:request[a-z]*|response[a-z]*|status|method)$/, 'network'],
  [/^(?:value|ischecked)$/, 'value'],
  [/^tag$/, 'custom'],
  [/^(?:rr_dataurl|image|thumbnail)$/, 'image'],
  [/^(?:title|alt|placeholder|label|content|summary|aria-[a-z]+|data-[a-z0-9-]+|class|id|for)$/, 'attribute'],
  [/^(?:text|desc|description)$/, 'line'],
];

/** Returns the kind of location at an offset of an export. It reads only the key before the text, never the text. */
export function locateLeak(bytes: Uint8Array, at: number): LeakLocation {
  const key = keyBefore(bytes, at);
  return locationsByKey.find(([pattern]) => pattern.test(key))?.[1] ?? 'elsewhere';
}
