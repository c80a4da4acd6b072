import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { resourcePath } from '../../helpers/fixtures';

/** The shop recording that ships with Casement, as its recorder wrote it. */
export function readHarbor(): RecordedEvent[] {
  return JSON.parse(
    gunzipSync(readFileSync(resourcePath('demo/harbor-checkout.json.gz'))).toString(),
  ) as RecordedEvent[];
}

export const toBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
