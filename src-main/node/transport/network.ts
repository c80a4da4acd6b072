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
}

/** Opens one transport per connection. Connections with the same credential share a budget. */
export function openNetwork(shared: Shared): {
  openTransport: (target: Target) => Transport;
  openPresigned: (target: Pick<TransportOptions, 'caPem'>) => ReturnType<typeof createPresignedClient>;
} {
  const budgets = new BudgetRegistry();
  return {
    openTransport({ credential, pace, ...options }) {
      // A new key comes with a new transport, so the credential is read only once.
      let budget: RequestBudget | undefined;
      return createTransport({
        ...options,
        ...shared,
        budget: async () => (budget ??= budgets.of(await credential(), pace)),
      });
    },
    openPresigned: (options) => createPresignedClient({ ...options, ...shared }),
  };
}
