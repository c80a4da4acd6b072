/** A seeded random number generator (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** Returns an integer from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Returns an integer, both bounds inclusive. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(list: ArrayLike<T>): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('picked from nothing');
    return item;
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.pick(vocabulary)).join(' ');
  }
}

const vocabulary = (
  'order parcel invoice refund ticket agent reply draft basket coupon address harbour window winter garden copper lantern paper river ' +
  'signal market bridge orchard velvet meadow timber canvas ribbon granite pepper cotton almond saffron walnut drawer kettle candle ' +
  'pending shipped returned cancelled waiting answered open closed urgent quiet early late weekly quarterly total average größer ' +
  'straße café naïve 東京 заказ'
).split(' ');
