import { onTestFinished } from 'vitest';
import type { PresignedFetch } from '../../src-main/core/sources/source';
import { createPresignedClient } from '../../src-main/node/transport/presigned';
import type { TransportLogEntry } from '../../src-main/node/transport/transport';
import { testAuthority } from './test-transport';

/** Fetches addresses that were signed for us, without any key; with the log of what it asked. */
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
