// What a teacher does with their hand arrives where it should: at the student's page, on the learner's page, in the gradebook; and the
// pages for it can be used by everybody, at 320 px too.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

test('Extra time reaches the page of a running attempt by itself @once', async ({ enter, school }) => {
  const placed = await place(school, 'More time', { document: smallQuiz(2, { timeLimitSeconds: 120 }) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await expect(sam.tool.getByRole('timer')).toContainText(/[12]:\d\d/)

  const tina = await enter('Tina Teacher')
  await tina.open(placed.path)
  await tina.tool.getByRole('button', { name: 'Sam Student' }).press('Enter')
  await expect(tina.tool.getByRole('heading', { level: 1, name: /Sam Student/ })).toBeVisible()
  await tina.tool.getByRole('button', { name: 'Add 10 minutes' }).press('Enter')
  // The two seconds are kept by review-launch.test.ts; here two browsers draw on the same two processors. Nothing but the live line tells it.
  await expect(sam.tool.getByText(/your teacher gave you more time: 10 minutes/i)).toBeVisible({ timeout: 8000 })
  await expect(sam.tool.getByRole('timer')).toContainText(/1[12]:\d\d/)
  await expect(tina.tool.getByText('10 extra minutes')).toBeVisible()
  await expect(tina.tool.getByText(/extra minutes: 10/i)).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'learner page: an attempt under way, extra time', 320)
})

test('A score set by the teacher is in the gradebook with its comment, and the student reads it @once', async ({ enter, school }) => {
  const placed = await place(school, 'Set by hand', { document: smallQuiz(2, { attemptsAllowed: 1 }) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await player.handIn()
  await expect(player.score).toContainText('1 of 2')

  // From the gradebook, as a review.
  const tina = await enter('Tina Teacher')
  await tina.open(`${biology}/gradebook`)
  await tina.page.getByRole('link', { name: `Review Sam Student, ${placed.title}` }).click()
  await expect(tina.tool.getByRole('heading', { level: 1, name: `Sam Student: ${placed.title}` })).toBeVisible()
  await expect(tina.tool.getByRole('heading', { name: 'Question 2 of 2' })).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'review: a finished attempt', 320)
  await tina.tool.getByRole('button', { name: 'Change the score' }).press('Enter')
  await tina.tool.getByLabel(/score that counts/i).fill('much')
  await tina.tool.getByRole('button', { name: 'Set this score' }).press('Enter')
  await expect(tina.tool.getByLabel(/score that counts/i)).toBeFocused()
  await expectGoodWideAndNarrow(tina, 'review: setting a score that is none', 320)
  await tina.tool.getByLabel(/score that counts/i).fill('1.5')
  await tina.tool.getByLabel(/comment/i).fill('Half a point for the sketch')
  await tina.tool.getByRole('button', { name: 'Set this score' }).press('Enter')
  await expect(tina.tool.getByText(/score set to 1.5 of 2/i)).toBeVisible()
  await expect(tina.tool.getByText(/in the gradebook of/i)).toBeVisible({ timeout: 20_000 })
  await tina.tool.getByRole('button', { name: 'Allow one more attempt' }).press('Enter')
  await expect(tina.tool.getByText('2 attempts allowed, 1 of them extra.')).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'review: the score set, one more attempt', 320)

  await sam.open(`${biology}/gradebook`)
  const grade = sam.page.getByRole('listitem').filter({ hasText: placed.title })
  await expect(grade).toContainText('1.5 of 2 points')
  await expect(grade).toContainText('Half a point for the sketch')
  await sam.open(placed.path)
  await expect(sam.tool.getByText(/your teacher set the score that counts: 1.5 of 2/i)).toBeVisible()
  await expect(player.startButton).toBeVisible()
})

test('The dates of a link close it for students @once', async ({ enter, school }) => {
  const placed = await place(school, 'Dated', { document: smallQuiz(1) })
  const tina = await enter('Tina Teacher')
  await tina.open(placed.path)
  await tina.tool.getByRole('button', { name: 'Dates and rules' }).press('Enter')
  await expect(tina.tool.getByLabel('Closes', { exact: true })).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'dates and rules', 320)
  await tina.tool.getByLabel('Closes', { exact: true }).fill('2020-01-01T10:00')
  await tina.tool.getByLabel('Due', { exact: true }).fill('2021-01-01T10:00')
  await tina.tool.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(tina.tool.getByText(/must be in order/i)).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'dates and rules: a mistake', 320)
  await tina.tool.getByLabel('Due', { exact: true }).fill('2019-12-01T10:00')
  await tina.tool.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(tina.tool.getByRole('heading', { name: 'Learners' })).toBeVisible()

  const sam = await enter('Sam Student')
  await sam.open(placed.path)
  await expect(sam.tool.getByText(/this activity has closed/i)).toBeVisible()
  await expect(new Player(sam.tool).startButton).toHaveCount(0)
})
