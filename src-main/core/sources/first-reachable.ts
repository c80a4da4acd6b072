import { hasCode } from '../../contract/errors';
import type { FetchPort } from './fetch-port';

/**
 * Returns a port that sends requests to the first of several addresses of one server that has a host. An address without one is skipped from
 * then on. Throws `remote-no-host` if none has, and starts with the first again.
 */
export function fetchFromFirstReachable(ports: readonly [FetchPort, ...FetchPort[]]): FetchPort {
  let current = 0;
  return async (request) => {
    for (;;) {
      const index = current;
      try {
        return await (ports[index] ?? ports[0])(request);
      } catch (error) {
        if (!hasCode(error, 'remote-no-host')) throw error;
        // Another request may have gone on already.
        if (current === index) current = (index + 1) % ports.length;
        if (index + 1 >= ports.length) throw error;
      }
    }
  };
}
