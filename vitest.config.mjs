import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { hangLimitMs } from './scripts/time-limits.mjs';

export default defineConfig({
  test: {
    include: [
      'test/unit/**/*.test.ts',
      'test/canary/**/*.test.ts',
      'test/integration/**/*.test.ts',
      'test/security/**/*.test.ts',
      'test/{replay-fidelity,visual,corpus}/**/*.test.ts',
    ],
    // By default Vitest leaves one core to itself: half of a machine with two.
    maxWorkers: availableParallelism(),
    testTimeout: 2 * hangLimitMs,
    hookTimeout: 2 * hangLimitMs,
    teardownTimeout: hangLimitMs,
    expect: { poll: { timeout: hangLimitMs } },
  },
});
