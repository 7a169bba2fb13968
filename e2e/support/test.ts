// The test of this suite: a school per worker, people in browsers of their own, and the promise that third-party cookies are refused.
import { type BrowserContext, test as base, expect } from '@playwright/test'
import { type Mode, openPage, watchNewWindows } from './browsers.ts'
import { lookAsThirdParty, type Seen } from './cookie-check.ts'
import { type Lms, type School, startSchool } from './school.ts'
import { Visitor } from './visitor.ts'

export type Enter = (
  who: string,
  options?: { lms?: Lms; viewport?: { width: number; height: number }; reducedMotion?: 'reduce' },
) => Promise<Visitor>

interface OfTest {
  /** Signs a person in at the LMS, in a browser of their own. */
  enter: Enter
  /** A browser with nobody signed in. */
  newBrowser: () => Promise<BrowserContext>
  failureNotes: undefined
}

interface OfWorker {
  mode: Mode
  school: School
  /** What a third party gets in this browser: checked before the first journey. */
  thirdParty: Seen
}

export const test = base.extend<OfTest, OfWorker>({
  mode: ['restricted', { scope: 'worker', option: true }],

  thirdParty: [
    async ({ browser, mode }, use) => {
      const context = await browser.newContext()
      const seen = await lookAsThirdParty(await openPage(context, mode))
      await context.close()
      expect(seen.cookies, 'an unpartitioned third-party cookie must be refused, or these tests prove nothing').not.toContain('plain')
      expect(seen.storage, `storage in a third-party frame, in mode ${mode}`).toBe(mode === 'restricted')
      await use(seen)
    },
    { scope: 'worker', auto: true },
  ],

  school: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      const school = await startSchool()
      await use(school)
      await school.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  newBrowser: async ({ browser, mode }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      watchNewWindows(context, mode)
      opened.push(context)
      return context
    })
    for (const context of opened) await context.close()
  },

  enter: async ({ browser, mode, school }, use) => {
    const opened: BrowserContext[] = []
    await use(async (who, { lms = school.lms, viewport, reducedMotion } = {}) => {
      const context = await browser.newContext({ ...(viewport ? { viewport } : {}), ...(reducedMotion ? { reducedMotion } : {}) })
      opened.push(context)
      watchNewWindows(context, mode)
      const visitor = new Visitor(await openPage(context, mode), lms, () => openPage(context, mode))
      await visitor.signIn(who)
      return visitor
    })
    for (const context of opened) await context.close()
  },

  failureNotes: [
    async ({ school }, use, info) => {
      const before = (await school.printed()).length
      await use(undefined)
      if (info.status === info.expectedStatus) return
      const printed = (await school.printed()).slice(before)
      if (printed) await info.attach('what the product printed', { body: printed, contentType: 'text/plain' })
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
