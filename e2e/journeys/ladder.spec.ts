// How a launch recognises its browser, rung by rung, over https between two sites with third-party cookies refused: a partitioned cookie,
// the LMS's storage (named frame, then the window around us), a window of our own. Always bound to the browser that began.
import type { BrowserContext, Page, Request } from '@playwright/test'
import { openPage, watchNewWindows } from '../support/browsers.ts'
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { sampleQuiz } from '../support/quizzes.ts'
import type { Lms } from '../support/school.ts'
import { type SecureSchool, startSecureSchool } from '../support/secure-school.ts'
import { test as base, expect } from '../support/test.ts'
import { biology, Visitor } from '../support/visitor.ts'

type Come = (who: string, profile: Lms['profile']) => Promise<Visitor>

const quiz = sampleQuiz('rivers-and-climate')

const test = base.extend<{ come: Come }, { secure: SecureSchool; placed: Set<string> }>({
  secure: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      const secure = await startSecureSchool()
      await use(secure)
      await secure.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  placed: [async ({}, use) => use(new Set()), { scope: 'worker' }],
  come: async ({ browser, mode, secure, placed }, use) => {
    const opened: BrowserContext[] = []
    const come: Come = async (who, profile) => {
      const lms = await secure.lms(profile)
      const context = await browser.newContext({ ignoreHTTPSErrors: true })
      opened.push(context)
      watchNewWindows(context, mode)
      const visitor = new Visitor(await openPage(context, mode), lms, () => openPage(context, mode))
      await visitor.signIn(who)
      return visitor
    }
    await use(async (who, profile) => {
      if (!placed.has(profile)) {
        await placeQuiz(await come('Tina Teacher', profile))
        placed.add(profile)
      }
      return come(who, profile)
    })
    for (const context of opened) await context.close()
  },
})

/** By clicking, through the picker: so deep linking between two https sites is seen as well. */
async function placeQuiz(tina: Visitor): Promise<void> {
  await tina.addActivity(tina.lms.profile === 'canvas' ? /assignment/i : /cuepoint/i)
  const picker = new Picker(tina.tool)
  await picker.tab(/samples/i)
  await tina.tool.getByRole('button', { name: new RegExp(`use .*${quiz.title}`, 'i') }).press('Enter')
  // One only is taken there, so the next step comes by itself.
  if (tina.lms.profile === 'canvas') await expect(picker.reviewHeading).toBeVisible()
  else await picker.toReview()
  await picker.add()
  await expect(tina.page).toHaveURL(new RegExp(`${biology}(\\?.*)?$`))
}

function launchesOf(page: Page): Request[] {
  const launches: Request[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/lti/launch')) launches.push(request)
  })
  return launches
}

/** Between login and launch the browser forgets us, as one does that keeps no cookie of a frame at all. */
async function forgetBetween(visitor: Visitor, before = /authorize_redirect|\/lti\/launch$/): Promise<void> {
  const context = visitor.page.context()
  await visitor.page.route(before, async (route) => {
    await context.clearCookies({ domain: 'cuepoint.localhost' })
    await route.continue()
  })
}

const boundBy = async (request: Request | undefined) => ({
  cookie: /__Host-cp-/.test((await request?.allHeaders())?.cookie ?? ''),
  storage: Boolean(new URLSearchParams(request?.postData() ?? '').get('storage_binding')),
})

/** Opens the activity by a click in the course. */
async function open(visitor: Visitor): Promise<void> {
  await visitor.open(biology)
  await visitor.page.getByRole('link', { name: quiz.title, exact: true }).click()
}

for (const profile of ['moodle', 'canvas'] as const)
  test(`(attack 21) First rung, at ${profile}: the partitioned cookie comes back`, async ({ come }) => {
    const sam = await come('Sam Student', profile)
    const launches = launchesOf(sam.page)
    await sam.open(biology)
    await sam.page.getByRole('link', { name: quiz.title, exact: true }).click()
    await new Player(sam.tool).start()
    expect(launches, 'one launch').toHaveLength(1)
    expect(await boundBy(launches[0])).toEqual({ cookie: true, storage: false })
  })

test('(attack 21) Second rung: without a cookie, the storage frame at the origin of the authorisation endpoint knows the browser', async ({
  come,
}) => {
  const sam = await come('Sam Student', 'canvas')
  const launches = launchesOf(sam.page)
  await forgetBetween(sam)
  await sam.open(biology)
  await sam.page.getByRole('link', { name: quiz.title, exact: true }).click()
  await new Player(sam.tool).start()
  expect(launches, 'without a cookie, then with what the platform kept').toHaveLength(2)
  expect(await boundBy(launches[1])).toEqual({ cookie: false, storage: true })
})

test('(attack 21) Second rung: where the storage frame is absent, as in editors, the window around us is asked', async ({ come }) => {
  const sam = await come('Sam Student', 'canvas')
  const launches = launchesOf(sam.page)
  await forgetBetween(sam)
  await sam.page.addInitScript(() => {
    const drop = () => document.querySelector('iframe[name="post_message_forwarding"]')?.remove()
    new MutationObserver(drop).observe(document, { childList: true, subtree: true })
  })
  await open(sam)
  await new Player(sam.tool).start()
  expect(await boundBy(launches[1])).toEqual({ cookie: false, storage: true })
})

for (const profile of ['moodle', 'canvas'] as const)
  test(`(attack 21) Third rung, at ${profile}: where nothing knows the browser, a window of its own opens by keyboard`, async ({
    come,
  }) => {
    const sam = await come('Sam Student', profile)
    const launches = launchesOf(sam.page)
    await forgetBetween(sam, /authorize_redirect|\/lti\/(launch|unstored\/[\w-]+)$/)
    // As Canvas's mobile apps: the frame is announced, and nobody answers.
    await sam.page.route(/tool-storage\.js/, (route) => route.abort())
    await open(sam)
    const link = sam.tool.getByRole('link', { name: 'Open in a new window' })
    await expect(link).toBeVisible()
    await expect(sam.tool.getByText(/in a window of its own it can/i)).toBeVisible()
    const hidden = () => sam.tool.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight)
    await expect.poll(hidden, 'the frame is as high as its words').toBeLessThanOrEqual(1)
    for (let pressed = 0; pressed < 30; pressed++) {
      if (await link.evaluate((one) => one === document.activeElement && document.hasFocus())) break
      await sam.page.keyboard.press('Tab')
    }
    await expect(link).toBeFocused()
    const opening = sam.page.context().waitForEvent('page')
    await sam.page.keyboard.press('Enter')
    const own = await opening
    await new Player(own.mainFrame()).start()
    expect(new URL(own.url()).hostname).toBe('cuepoint.localhost')
    // A hint of Canvas can be used once: it must not have been spent in vain in the frame.
    expect(launches, 'launches in the frame').toHaveLength(profile === 'canvas' ? 0 : 1)
  })

test('(attack 21) What another origin says is not heard: neither its answers nor its questions', async ({ come, secure }) => {
  const sam = await come('Sam Student', 'canvas')
  const launches = launchesOf(sam.page)
  await forgetBetween(sam)
  const evil = 'https://evil.localhost'
  const said = `<!doctype html><script>addEventListener('message', (event) => { top.heard = (top.heard ?? 0) + 1
    event.source.postMessage({ subject: event.data.subject + '.response', message_id: event.data.message_id, key: event.data.key, value: 'of-an-attacker' }, '*') })</script>`
  await sam.page.route(`${evil}/**`, (route) => route.fulfill({ contentType: 'text/html', body: said }))
  await sam.page.route(/\/post-message-forwarding/, (route) => route.fulfill({ status: 302, headers: { location: `${evil}/frame` } }))
  await sam.page.route(/tool-storage\.js/, (route) => route.abort())
  await open(sam)
  await expect(sam.tool.getByRole('link', { name: 'Open in a new window' })).toBeVisible()
  expect(launches, 'nothing to try again with').toHaveLength(1)
  expect(secure.tool).toMatch(/^https:/)
})

test('Eight tabs at once, and a reload of each, all end in the activity', { tag: '@once' }, async ({ come, mode }) => {
  const sam = await come('Sam Student', 'moodle')
  await open(sam)
  await new Player(sam.tool).start()
  const address = sam.page.url()
  const context = sam.page.context()
  const tabs = await Promise.all(Array.from({ length: 8 }, () => openPage(context, mode)))
  const inTab = (tab: Page) => new Player(tab.frameLocator('iframe[name="contentframe"]'))
  await Promise.all(tabs.map((tab) => tab.goto(address)))
  for (const tab of tabs) await expect(inTab(tab).question).toBeVisible({ timeout: 30_000 })
  await Promise.all(
    tabs.map((tab) =>
      tab
        .frames()
        .find((frame) => frame.name() === 'contentframe')
        ?.evaluate(() => location.reload()),
    ),
  )
  for (const tab of tabs) await expect(inTab(tab).question).toBeVisible({ timeout: 30_000 })
})

test('At a shared computer the next person cannot go back to the launch of the one before', async ({ come }) => {
  const visitor = await come('Sam Student', 'moodle')
  await open(visitor)
  await new Player(visitor.tool).start()
  const where = () => visitor.tool.locator('html').evaluate(() => location.href)
  await expect.poll(where).toMatch(/\/a\/[\w-]+$/)
  const address = await where()
  await visitor.open('/')
  await visitor.signOut()
  await visitor.signIn("Zoë O'Neill")
  await open(visitor)
  await new Player(visitor.tool).start()
  await visitor.tool.locator('html').evaluate((_html, to) => location.assign(to), address)
  await expect(visitor.tool.getByRole('heading', { name: /again from your course/i })).toBeVisible()
})
