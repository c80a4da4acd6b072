import type { PresignedFetch } from '../../core/sources/source';
import { createTransport, type Transport, type TransportOptions } from './transport';

/**
 * A client for addresses that a platform signed for us. It has no key to show: its transports are made without one, one for each host.
 * Which hosts may be asked is the source's to say.
 */
export function createPresignedClient(options: Omit<TransportOptions, 'origin' | 'sign' | 'methods'>): {
  fetch: PresignedFetch;
  close: () => Promise<void>;
} {
  const transports = new Map<string, Transport>();
  return {
    fetch(address, signal) {
      const { origin, pathname, search } = new URL(address);
      let transport = transports.get(origin);
      if (!transport) transports.set(origin, (transport = createTransport({ ...options, origin })));
      return transport.fetch({ method: 'GET', path: `${pathname}${search}`, accept: '*/*', signal });
    },
    close: async () => void (await Promise.all([...transports.values()].map((transport) => transport.close()))),
  };
}
