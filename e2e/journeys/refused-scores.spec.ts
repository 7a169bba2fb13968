// Scores that the LMS will not have: the learner and the teacher read why and what to do, the teacher sends them again, and the operator
// sees what was given up, sends it again or discards it.
import type { Locator } from '@playwright/test'
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { test } from '../support/own-lms.ts'
import { Player } from '../support/player.ts'
import { expect } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

async function takeIt(visitor: Visitor, path: string): Promise<Player> {
  const player = new Player(visitor.tool)
  await visitor.open(path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  return player
}

const rowOf = (visitor: Visitor, name: string): Locator =>
  visitor.tool.getByRole('row').filter({ has: visitor.tool.getByRole('rowheader', { name }) })

test('A refused score says why, to learner and teacher; sent again by the teacher it is in the gradebook @once', async ({
  enter,
  school,
  ownLms,
}) => {
  const lms = await ownLms('moodle', { name: 'A school that refuses', approved: true })
  const placed = await place({ ...school, lms }, 'Refused', { document: smallQuiz(1) })
  lms.simulated.faults.ags = ({ kind }) => (kind === 'score' ? { status: 422, body: '{"message":"User not found in course"}' } : undefined)
  const sam = await enter('Sam Student', { lms })
  const player = await takeIt(sam, placed.path)
  await expect(sam.tool.getByRole('button', { name: /send it again/i })).toBeVisible({ timeout: 20_000 })
  await expectGoodWideAndNarrow(sam, 'player: a refused score')

  const tina = await enter('Tina Teacher', { lms })
  await tina.open(placed.path)
  const again = tina.tool.getByRole('button', { name: 'Send them again' })
  await expect(again).toBeVisible({ timeout: 20_000 })
  await expect(tina.tool.getByText(/^One score was not taken by/)).toBeVisible()
  await expect(rowOf(tina, 'Sam Student')).toContainText(/check that this person is enrolled/i)
  await expectGoodWideAndNarrow(tina, 'overview: refused scores')
  const saving = tina.page.waitForEvent('download')
  await tina.tool.getByRole('button', { name: 'CSV of missing scores' }).press('Enter')
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/)

  lms.simulated.faults.clear()
  await again.press('Enter')
  await expect(rowOf(tina, 'Sam Student')).toContainText(/in the gradebook/i, { timeout: 20_000 })
  await expect(again).toHaveCount(0)
  await expect(player.inGradebook, 'the learner’s open page hears of it').toBeVisible({ timeout: 45_000 })
})

test('What was given up stands in the administration: sent again it arrives, discarded it never does @once', async ({
  enter,
  school,
  ownLms,
  operator,
}) => {
  const lms = await ownLms('moodle', { name: 'A school that forbids', approved: true })
  const placed = await place({ ...school, lms }, 'Forbidden', { document: smallQuiz(1) })
  lms.simulated.faults.ags = ({ kind }) => (kind === 'score' ? { status: 403, body: '{}' } : undefined)
  await takeIt(await enter('Sam Student', { lms }), placed.path)
  await takeIt(await enter("Zoë O'Neill", { lms }), placed.path)

  await operator.open('Background work')
  const given = operator.card('does not allow')
  await expect(given).toHaveCount(2, { timeout: 30_000 })
  await expectGoodWideAndNarrow(operator, 'admin: deliveries')
  await given.first().getByRole('button', { name: 'Discard' }).press('Enter')
  await expect(operator.page.getByText('It will never arrive.')).toBeVisible()
  await expect(given.first().getByRole('button', { name: /^Keep/ }), 'what does no harm has the focus').toBeFocused()
  await expectGoodWideAndNarrow(operator, 'admin: discarding')
  await operator.page.keyboard.press('Enter')
  await expect(given.first().getByRole('button', { name: /^Discard/ })).toBeFocused()
  await operator.page.keyboard.press('Enter')
  await given
    .first()
    .getByRole('button', { name: /^Discard for good/ })
    .press('Enter')
  await expect(given).toHaveCount(1)
  await expect(operator.page.locator('.admin-said'), 'the card is gone, the focus is not').toBeFocused()
  await expect(operator.page.locator('.admin-said')).toHaveText('One was discarded.')

  lms.simulated.faults.clear()
  await given.getByRole('button', { name: /^Send again/ }).press('Enter')
  await expect(given).toHaveCount(0)
  await expect.poll(() => lms.simulated.gradebook('2').filter(({ score }) => score !== null).length, { timeout: 20_000 }).toBe(1)
  await expect(operator.page.getByText('Nothing was given up.')).toBeVisible()
})
