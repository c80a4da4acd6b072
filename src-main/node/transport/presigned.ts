import type { PresignedFetch } from '../../core/sources/source';
import { createTransport, type Transport, type TransportOptions } from './transport';

/**
 * A client for presigned addresses. Its transports, one per host, have no key, no extra header and no client certificate. The source
 * decides which hosts are allowed.
 */
export function createPresignedClient(options: Omit<TransportOptions, 'origin' | 'sign' | 'methods' | 'gateway'>): {
  fetch: PresignedFetch;
  close: () => Promise<void>;
} {
  const transports = new Map<string, Transport>();
  return {
    fetch(address, signal) {
      const { origin, pathname, search } = new URL(address);
      let transport = transports.get(origin);
      if (!transport) transports.set(origin, (transport = createTransport({ ...options, origin, gateway: undefined })));
      return transport.fetch({ method: 'GET', path: `${pathname}${search}`, accept: '*/*', signal });
    },
    close: async () => void (await Promise.all([...transports.values()].map((transport) => transport.close()))),
  };
}
