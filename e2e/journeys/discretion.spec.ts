// What the main job leaves behind in a browser: no complaint in the console, no token in an address, a Referer, the history or the page.
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { sampleQuiz } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import { watch } from '../support/watch.ts'

test('The main job raises no error and leaves no token in any address, Referer or history', async ({ enter, school }) => {
  const quiz = sampleQuiz('statistics-and-probability')
  const tina = await enter('Tina Teacher')
  const teaching = await watch(tina.page.context(), tina.page)
  await tina.addActivity()
  const picker = new Picker(tina.tool)
  await picker.takeSample(quiz.title)
  await picker.toReview()
  await picker.titles.fill('Statistics, watched')
  await picker.add()
  await expect(tina.activity('Statistics, watched')).toBeVisible()
  await tina.openActivity('Statistics, watched')

  const zoe = await enter("Zoë O'Neill")
  const learning = await watch(zoe.page.context(), zoe.page)
  await zoe.openActivity('Statistics, watched')
  const player = new Player(zoe.tool)
  await player.start()
  await player.answerAll(quiz, () => 'right')
  await player.handIn()
  await expect(player.inGradebook).toBeVisible()
  // A reload of the frame must find its session without an address that carries it.
  await zoe.tool.locator('html').evaluate(() => location.reload())
  await expect(zoe.tool.getByRole('heading', { name: /your result/i })).toBeVisible()

  const tokens = [...teaching.tokens, ...learning.tokens]
  expect(tokens.length, 'launches seen').toBeGreaterThanOrEqual(3)
  expect([...teaching.idTokens, ...learning.idTokens].length).toBeGreaterThanOrEqual(3)
  const secrets = [...tokens, ...teaching.idTokens, ...learning.idTokens]
  const addresses = [...teaching.requests, ...learning.requests].flatMap(({ url, referer }) => [url, referer, decodeURIComponent(url)])
  for (const page of [tina.page, zoe.page]) {
    const session = await page.context().newCDPSession(page)
    const { entries } = await session.send('Page.getNavigationHistory')
    addresses.push(...entries.flatMap(({ url, userTypedURL }) => [url, userTypedURL]))
    for (const frame of page.frames()) addresses.push(frame.url(), await frame.evaluate(() => `${location.href} ${document.referrer}`))
  }
  expect(addresses.filter((address) => secrets.some((secret) => address.includes(secret)))).toEqual([])
  expect(
    addresses.filter((address) => /eyJ[\w-]{20,}\./.test(address)),
    'no JWT in an address',
  ).toEqual([])
  const fromTool = [...teaching.requests, ...learning.requests].filter(
    ({ url, referer }) => referer.startsWith(school.tool) && !url.startsWith(school.tool),
  )
  expect(
    fromTool.filter(({ referer }) => new URL(referer).pathname !== '/'),
    'other sites learn no path of ours',
  ).toEqual([])
  // The page of the launch keeps no token for scripts to find later.
  expect(await zoe.tool.locator('html').evaluate((html) => html.outerHTML)).not.toContain(learning.tokens[0])

  expect(teaching.complaints, 'instructor').toEqual([])
  expect(learning.complaints, 'student').toEqual([])
})
