import type { Pace } from '../../core/sources/pace';
import type { RequestBudget } from './budget';
import { BudgetRegistry } from './budget-registry';
import { createPresignedClient } from './presigned';
import { createTransport, type Transport, type TransportOptions } from './transport';

/** What all connections of this run have in common. */
type Shared = Pick<
  TransportOptions,
  'isOffline' | 'limits' | 'log' | 'onWait' | 'proxyCredentials' | 'resolveProxy' | 'wait'
>;

interface Target extends Pick<TransportOptions, 'origin' | 'caPem' | 'pins' | 'sign' | 'methods' | 'passing'> {
  credential: () => Promise<string>;
  pace: Pace;
}

/** The network as the sources need it: a transport for each connection, and one budget for all that share a credential. */
export function openNetwork(shared: Shared): {
  openTransport: (target: Target) => Transport;
  openPresigned: (target: Pick<TransportOptions, 'caPem'>) => ReturnType<typeof createPresignedClient>;
} {
  const budgets = new BudgetRegistry();
  return {
    openTransport({ credential, pace, ...options }) {
      // A connection with another key gets another transport, so the key is read for this once.
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
