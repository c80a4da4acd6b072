/**
 * The time limit of tests, the demo and the scripts for anything that should happen soon, ms. It only ends hanging processes: a slow
 * machine must never reach it.
 */
export const hangLimitMs = 300_000;
