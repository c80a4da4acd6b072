import { onTestFinished } from 'vitest';
import type { PresignedFetch } from '../../src-main/core/sources/source';
import { createTransport, type TransportLogEntry } from '../../src-main/node/transport/transport';
import { testAuthority } from './test-transport';

/** Fetches addresses that were signed for us, without any key; with the log of what it asked. */
export function openPresigned(): { fetchPresigned: PresignedFetch; log: TransportLogEntry[] } {
  const log: TransportLogEntry[] = [];
  const fetchPresigned: PresignedFetch = (address, signal) => {
    const { origin, pathname, search } = new URL(address);
    const transport = createTransport({
      origin,
      caPem: testAuthority.certPem,
      authorization: () => Promise.resolve(undefined),
      isOffline: () => false,
      log: (entry) => log.push(entry),
    });
    onTestFinished(() => transport.close());
    return transport.fetch({ method: 'GET', path: `${pathname}${search}`, accept: '*/*', signal });
  };
  return { fetchPresigned, log };
}
