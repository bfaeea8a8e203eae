import { defineConfig } from 'vitest/config';

// Two projects: `unit` beside the sources, in parallel; `e2e` in test/, one file at a time since each drives
// recordings that are paced by the clock.
export default defineConfig({
  test: {
    // A merge gate runs on a machine that others use: what depends on the clock gets a second try there, and nowhere else.
    retry: process.env['CI'] ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{electron,shared,scripts,renderer}/**/*.test.{ts,tsx}', 'test/fuzz/**/*.test.ts'],
          environment: 'node',
          pool: 'forks',
          maxWorkers: 2,
          // Two processes for all files: starting one for each and loading the same sources anew took as long as the shorter tests.
          // So what a test sets for the whole process (environment, globals, timers) it puts back.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/fuzz/**'],
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          // Tests of one file that play tapes of their own (`test.concurrent`): two recordings at once leave nobody waiting for a core.
          maxConcurrency: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // What is waited for is a condition, however slow the machine: as long as `until` of these tests waits.
          expect: { poll: { timeout: 45_000 } },
        },
      },
    ],
  },
});
