// Two projects: what needs nothing, beside its source; and the promises of the product on a real PostgreSQL and Redis.
import { defineConfig } from 'vitest/config'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  test: {
    projects: [
      { test: { name: 'unit', root: here, include: ['src/**/*.test.ts', 'contracts/src/**/*.test.ts'], sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'stack',
          root: here,
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/_global-setup.ts'],
          pool: 'forks',
          // Projects of different width run one after the other.
          sequence: { groupOrder: 1 },
          // One more than processors: these tests wait for half of their time, for a next try, a lease, a process that starts.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
