import { defineConfig } from 'vitest/config';

/** What must hold wherever the jurisdictions are: these tests run a second time with HTTP between all parties. */
const BOTH_ARRANGEMENTS = [
  'test/contract/**/*.test.ts',
  'test/gateway/settles.test.ts',
  'test/acceptance/**/*.test.ts',
  'test/examples/stories.test.ts',
];

const shared = {
  ...({ testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' } as const),
  // What is waited for comes; on a loaded machine later.
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    // Of the whole run: a project that extended this would start a database server of its own.
    globalSetup: ['test/support/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'together', include: ['test/**/*.test.ts'] } },
      {
        test: { ...shared, name: 'apart', include: BOTH_ARRANGEMENTS, env: { OTKEL_TEST_ARRANGEMENT: 'apart' } },
      },
    ],
  },
});
