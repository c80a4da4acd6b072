import { onTestFinished } from 'vitest';
import type { PresignedFetch } from '../../src-main/core/sources/source';
import { createPresignedClient } from '../../src-main/node/transport/presigned';
import type { TransportLogEntry } from '../../src-main/node/transport/transport';
import { testAuthority } from './test-transport';

/** Returns a client for presigned URLs, which sends no key, and its request log. */
export function openPresigned(): { fetchPresigned: PresignedFetch; log: TransportLogEntry[] } {
  const log: TransportLogEntry[] = [];
  const client = createPresignedClient({
    caPem: testAuthority.certPem,
    isOffline: () => false,
    log: (entry) => log.push(entry),
  });
  onTestFinished(() => client.close());
  return { fetchPresigned: client.fetch, log };
}
