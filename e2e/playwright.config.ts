// Journeys through the whole product in a real browser, third-party cookies refused. `npm test` runs them after `scripts/prepare.mjs`;
// by hand: npx playwright test -c e2e --project=restricted journeys/main-job.spec.ts
import { defineConfig } from '@playwright/test'
import type { Mode } from './support/browsers.ts'
import { packagedChromium, systemChromium } from './support/browsers.ts'

// Chromium calls a download by its name only where the locale knows the letters.
process.env.LC_ALL ??= 'C.UTF-8'

const browser = (mode: Mode, executablePath: string) => ({
  name: mode,
  use: { mode, launchOptions: { executablePath, args: ['--no-sandbox'] } },
})

export default defineConfig<object, { mode: Mode }>({
  testDir: 'journeys',
  outputDir: 'test-results',
  // Two processors: what a journey waits for (a server, the clock, a lost network) is time for a third one.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Patience costs nothing where all is well: what a worker does may take a while on two processors that others use too.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    // Recording costs every fourth second of the processors; by hand: --trace retain-on-failure.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    browser('restricted', await packagedChromium()),
    // What does not depend on storage in the frame runs once only.
    { ...browser('refused', systemChromium()), grepInvert: /@once/ },
  ],
})
