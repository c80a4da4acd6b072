import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/unit/**/*.test.ts',
      'test/canary/**/*.test.ts',
      'test/integration/**/*.test.ts',
      'test/security/**/*.test.ts',
      'test/{replay-fidelity,visual}/**/*.test.ts',
    ],
    // No promise about speed: a busy machine takes several times as long, and only what hangs is to end here.
    testTimeout: 240_000,
  },
});
