// The unit suite: what needs no database, no Redis and no browser. The stack suite is tool-server/vitest.config.ts.
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const project = (name: string, ...include: string[]) => ({ test: { name, root, include } })

export default defineConfig({
  test: {
    // Vitest leaves one of two processors idle by itself.
    maxWorkers: '100%',
    projects: [
      project('contracts', 'tool-server/contracts/src/**/*.test.ts'),
      project('tool-server', 'tool-server/src/**/*.test.ts'),
      project('architecture', 'tool-server/tests/architecture.test.ts'),
      project('client', 'client/src/**/*.test.{ts,tsx}'),
      project('lti-config', 'lti-config/**/*.test.ts'),
      project('fixtures', 'fixtures/**/*.test.ts'),
    ],
  },
})
