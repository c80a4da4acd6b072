import { createHmac, randomBytes } from 'node:crypto';
import type { Pace } from '../../core/sources/pace';
import { RequestBudget } from './budget';

/** The budgets of this run: whoever names the same credential shares one. What names it is not kept, only a hash with a salt of this run. */
export class BudgetRegistry {
  private readonly known = new Map<string, RequestBudget>();
  private readonly salt = randomBytes(32);

  of(credential: string, pace: Pace): RequestBudget {
    const name = createHmac('sha256', this.salt).update(credential).digest('base64');
    const known = this.known.get(name) ?? new RequestBudget(pace);
    this.known.set(name, known);
    return known;
  }
}
