// The frame in the LMS is as high as what is in it (lti.frameResize), and what is in it does not jump about.
import { place } from '../support/backstage.ts'
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { sampleQuiz } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** How much of the tool's page the frame hides below its edge. */
async function hidden(visitor: Visitor): Promise<number> {
  return visitor.tool.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight)
}
const height = async (visitor: Visitor) => (await visitor.frame.boundingBox())?.height ?? 0

test('The frame grows and shrinks with the content, without a second scroll bar', { tag: '@once' }, async ({ enter, school }) => {
  const quiz = sampleQuiz('photosynthesis-and-cell-energy')
  const placed = await place(school, 'As high as it needs', { sample: 'photosynthesis-and-cell-energy' })
  const sam = await enter('Sam Student', { viewport: { width: 375, height: 700 } })
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await expect.poll(() => hidden(sam)).toBeLessThanOrEqual(1)
  const short = await height(sam)
  await player.answerAll(quiz, () => 'wrong')
  await player.handIn()
  await expect(sam.tool.getByText(/right answer/i).first()).toBeVisible()
  await expect.poll(() => hidden(sam), 'nothing is hidden below the frame').toBeLessThanOrEqual(1)
  const tall = await height(sam)
  expect(tall).toBeGreaterThan(short)
  await player.start()
  await expect(player.question).toBeVisible()
  await expect.poll(() => height(sam), 'the frame gives back the room').toBeLessThan(tall * 0.8)

  const tina = await enter('Tina Teacher')
  await tina.addActivity()
  await new Picker(tina.tool).tab(/samples/i)
  await expect(tina.tool.getByRole('button', { name: /use the sample/i })).toHaveCount(3)
  await expect.poll(() => hidden(tina)).toBeLessThanOrEqual(1)
})

test('The first question does not jump while the page loads', { tag: '@once' }, async ({ enter, school }) => {
  const placed = await place(school, 'Without a jump', { sample: 'photosynthesis-and-cell-energy' })
  const sam = await enter('Sam Student')
  await sam.page.context().addInitScript(() => {
    const shifts = { sum: 0 }
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await sam.open(placed.path)
  await new Player(sam.tool).start()
  await sam.page.waitForTimeout(1500)
  const sum = await sam.tool.locator('html').evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum)
  expect(sum, 'cumulative layout shift in the frame').toBeLessThan(0.02)
})
