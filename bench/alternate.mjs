import { median } from './figures.mjs';

/**
 * Measures Casement and its peer in turn (A B A B …), so that a change in the machine's speed meets both.
 * @template Ours
 * @template Peer
 * @param {number} rounds
 * @param {() => Promise<Ours>} ours
 * @param {() => Promise<Peer>} peer
 * @returns {Promise<Alternated<Ours, Peer>>}
 */
export async function alternate(rounds, ours, peer) {
  const alternated = new Alternated();
  for (let round = 0; round < rounds; round++) {
    alternated.ours.push(await ours());
    alternated.peer.push(await peer());
  }
  return alternated;
}

/**
 * The results of all rounds.
 * @template Ours
 * @template Peer
 */
export class Alternated {
  /** @type {Ours[]} */
  ours = [];
  /** @type {Peer[]} */
  peer = [];

  /**
   * Returns the median over the rounds of Casement's value divided by the peer's.
   * @param {(ours: Ours) => number} ofOurs
   * @param {(peer: Peer) => number} ofPeer
   */
  ratio(ofOurs, ofPeer) {
    return median(this.ours.map((each, round) => ofOurs(each) / ofPeer(/** @type {Peer} */ (this.peer[round]))));
  }
}
