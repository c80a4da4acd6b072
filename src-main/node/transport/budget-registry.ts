import { createHmac, randomBytes } from 'node:crypto';
import type { Pace } from '../../core/sources/pace';
import { RequestBudget } from './budget';

/** One budget per credential, for as long as the app runs. Stores only a salted hash of the credential. */
export class BudgetRegistry {
  private readonly known = new Map<string, RequestBudget>();
  private readonly salt = randomBytes(32);

  of(credential: string, pace: Pace): RequestBudget {
    const id = createHmac('sha256', this.salt).update(credential).digest('base64');
    const known = this.known.get(id) ?? new RequestBudget(pace);
    this.known.set(id, known);
    return known;
  }
}
