import type { Place } from '../../contract/words/gate';
import { keyBefore } from './leaf-places';

/** Keys of redacted events and of timelines, by what a user knows them as. */
const places: readonly [RegExp, Place][] = [
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

/** What kind of place an offset of an export is. Told by the key that a text stands under, never by the text. */
export function placeAt(bytes: Uint8Array, at: number): Place {
  const key = keyBefore(bytes, at);
  return places.find(([pattern]) => pattern.test(key))?.[1] ?? 'elsewhere';
}
