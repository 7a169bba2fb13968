// A time limit runs on the server: the countdown shows it, and at its end what was saved counts, whoever is looking. What the browser may
// store plays no part.
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

test('At the end of the time what was answered is handed in, and the student sees the result @once', async ({ enter, school }) => {
  const placed = await place(school, 'Twenty seconds', { document: smallQuiz(2, { timeLimitSeconds: 20 }) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await expect(sam.tool.getByText(/20 seconds/)).toBeVisible()
  await player.start()
  await expect(sam.tool.getByRole('timer')).toContainText(/0:1\d|0:20/)
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await expect(sam.tool.getByRole('heading', { name: /your result/i })).toBeVisible({ timeout: 40_000 })
  await expect(player.score).toContainText('1 of 2')
  await expect(sam.tool.getByText(/time was over/i)).toBeVisible()
  await expect(player.inGradebook).toBeVisible({ timeout: 20_000 })
})

test('The server hands in what was saved when the tab is closed before the time is over @once', async ({ enter, school }) => {
  const placed = await place(school, 'Ten seconds and gone', { document: smallQuiz(2, { timeLimitSeconds: 10, attemptsAllowed: 1 }) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await sam.page.close()
  await sam.openNewTab()
  await sam.open(`${biology}/gradebook`)
  await expect(sam.page.getByRole('listitem').filter({ hasText: placed.title })).toContainText('1 of 2 points', { timeout: 60_000 })
  await sam.open(placed.path)
  await expect(sam.tool.getByRole('heading', { name: /your result/i })).toBeVisible()
  await expect(new Player(sam.tool).score).toContainText('1 of 2')
  await expect(new Player(sam.tool).startButton).toHaveCount(0)
})
