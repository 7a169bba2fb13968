// What an instructor sees of a placed activity, without reloading; and what a new version changes, and for whom not.

import { Author } from '../support/author.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { expect, test } from '../support/test.ts'

test('The overview tells who is at it, who has finished, the score, and that the LMS has it, and keeps itself up to date @once', async ({
  enter,
  school,
}) => {
  const placed = await place(school, 'Watched', { document: smallQuiz(2) })
  const tina = await enter('Tina Teacher')
  await tina.open(placed.path)
  await expect(tina.tool.getByRole('heading', { level: 1 })).toBeVisible()
  const row = (name: string) => tina.tool.getByRole('row').filter({ has: tina.tool.getByRole('rowheader', { name: new RegExp(name) }) })

  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await expect(row('Sam Student')).toContainText(/in progress/i, { timeout: 20_000 })
  await expect(row('Sam Student')).toContainText(/no score yet/i)

  await player.handIn()
  await expect(row('Sam Student')).toContainText(/finished/i, { timeout: 20_000 })
  await expect(row('Sam Student')).toContainText(/1 of 2/)
  await expect(row('Sam Student')).toContainText(/in the gradebook/i, { timeout: 20_000 })
  await tina.tool.getByRole('button', { name: /finished/i }).press('Enter')
  await expect(tina.tool.getByRole('rowheader')).toHaveCount(1)

  // Somebody who opened the activity and went away has not started, unless opening is starting here.
  const suzu = await enter('Suzu')
  await suzu.open(placed.path)
  await expect(suzu.tool.getByRole('heading', { level: 1 })).toBeVisible()
  await tina.tool.getByRole('button', { name: /^\d+ ?all/i }).press('Enter')
  await expect(row('Suzu Ōkubo')).toBeVisible({ timeout: 20_000 })
  await expect(row('Suzu Ōkubo')).toContainText(/not started|in progress/i)
})

test('An edited and republished quiz does not change an attempt under way, and the next attempt gets it @once', async ({
  enter,
  school,
}) => {
  const placed = await place(school, 'Republished', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()

  const tina = await enter('Tina Teacher')
  await tina.open(placed.path)
  await tina.tool.getByRole('button', { name: /edit activity/i }).press('Enter')
  const author = new Author(tina.tool)
  await author.write({
    id: 'new',
    kind: 'short-text',
    prompt: 'A third question, added later.',
    points: 1,
    accepted: [{ text: 'right', feedback: '' }],
  })
  await author.publish()
  await expect(tina.tool.getByText(/version 2 is published/i)).toBeVisible()

  await sam.page.reload()
  await expect(sam.tool.getByRole('heading', { name: /^Question 1 of 2/ })).toBeVisible()
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  await expect(player.score).toContainText('2 of 2')
  await player.start()
  await expect(sam.tool.getByRole('heading', { name: /^Question 1 of 3/ })).toBeVisible()
})
