import type { Pace } from '../../core/sources/pace';
import type { RequestBudget } from './budget';
import { BudgetRegistry } from './budget-registry';
import { createPresignedClient } from './presigned';
import { createTransport, type Transport, type TransportOptions } from './transport';

/** The options that all connections share. */
type Shared = Pick<
  TransportOptions,
  'isOffline' | 'limits' | 'log' | 'onWait' | 'proxyCredentials' | 'resolveProxy' | 'wait'
>;

interface Target extends Pick<
  TransportOptions,
  'origin' | 'caPem' | 'pins' | 'gateway' | 'sign' | 'methods' | 'passing' | 'readsRedirects'
> {
  credential: () => Promise<string>;
  pace: Pace;
  /** The name of the platform's counter for a request. */
  counterOf?: ((path: string) => string) | undefined;
}

interface LimitedTransport extends Transport {
  /** The number of requests per hour that the platform accepts on a counter, if its replies showed it. */
  requestsPerHour: (counter: string) => number | undefined;
}

/** Opens one transport per connection. Connections with the same credential share a budget for each of the platform's counters. */
export function openNetwork(shared: Shared): {
  openTransport: (target: Target) => LimitedTransport;
  openPresigned: (target: Pick<TransportOptions, 'caPem'>) => ReturnType<typeof createPresignedClient>;
} {
  const budgets = new BudgetRegistry();
  return {
    openTransport({ credential, pace, counterOf = () => '', ...options }) {
      // A new key comes with a new transport, so the credential is read only once.
      const opened = new Map<string, RequestBudget>();
      const budget = async (path: string): Promise<RequestBudget> => {
        const counter = counterOf(path);
        const known = opened.get(counter) ?? budgets.of(JSON.stringify([await credential(), counter]), pace);
        opened.set(counter, known);
        return known;
      };
      return {
        ...createTransport({ ...options, ...shared, budget }),
        requestsPerHour: (counter) => opened.get(counter)?.requestsPerHour,
      };
    },
    openPresigned: (options) => createPresignedClient({ ...options, ...shared }),
  };
}
