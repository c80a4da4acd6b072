/**
 * How long tests, the demo and the scripts wait for something that should happen soon, ms. The limit ends what hangs; it is no measure of
 * speed, so a busy machine must never reach it.
 */
export const hangLimitMs = 300_000;
