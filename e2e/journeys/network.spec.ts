// Nothing that a student has given is lost: without a network, with the tab closed, with the server killed.
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { clickUntil } from '../support/pointer.ts'
import { expect, test } from '../support/test.ts'

const noConnection = /no connection/i

test('Without a network the work goes on, a calm banner says so, and everything is sent on return', async ({ enter, school }) => {
  const placed = await place(school, 'Answers without a network', { document: smallQuiz(4) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()

  await sam.page.context().setOffline(true)
  for (const number of [2, 3, 4]) {
    await player.toNext()
    await expect(sam.tool.getByRole('heading', { name: new RegExp(`^Question ${number} of`) })).toBeVisible()
    await player.question.getByRole('textbox').fill(number === 3 ? 'wrong' : 'right')
  }
  const banner = sam.tool.getByText(noConnection).filter({ visible: true }).first()
  await expect(banner).toBeVisible()
  // Calm: nothing is an alert, nothing is in the way.
  await expect(sam.tool.getByRole('alert').filter({ visible: true })).toHaveCount(0)
  await expect(player.question.getByRole('textbox')).toBeEnabled()

  await sam.page.context().setOffline(false)
  await expect(banner).toBeHidden({ timeout: 15_000 })
  await player.saved()
  await sam.page.reload()
  for (const number of [1, 2, 3, 4]) {
    await player.goTo(number)
    await expect(player.question.getByRole('textbox')).toHaveValue(number === 3 ? 'wrong' : 'right')
  }
  await player.handIn()
  await expect(player.score).toContainText('3 of 4')
  await expect(player.inGradebook).toBeVisible()
})

test('A quiz handed in without a network is handed in on return', async ({ enter, school }) => {
  const placed = await place(school, 'Handed in without a network', { document: smallQuiz(2) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  // What the result page needs is fetched ahead, a few seconds after the start.
  const fetched = () =>
    sam.tool.locator('html').evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    )
  for (const part of [/\/outcome-page-[\w-]+\.js/, /\/outcome-[\w-]+\.css/, /\/next-[\w-]+\.js/]) await expect.poll(fetched).toMatch(part)
  await sam.page.context().setOffline(true)
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await player.toConfirm()
  await clickUntil(player.submit, sam.tool.getByRole('heading', { name: /handed in when you are back online/i }))
  await sam.page.context().setOffline(false)
  await expect(player.score).toContainText('2 of 2', { timeout: 20_000 })
  await expect(player.inGradebook).toBeVisible()
})

test('Answers that nobody took are sent after the tab was closed and the activity opened again', async ({ enter, school, mode }) => {
  test.skip(mode === 'refused', 'promised only where the frame may store something')
  const placed = await place(school, 'Closed while nobody answered', { document: smallQuiz(3) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  // Killed, not offline: a closing page's last request slips through the browser's emulation of a dead network.
  await school.kill()
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await expect(sam.tool.getByText(noConnection).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 })
  await sam.page.close()
  await school.startAgain()

  await sam.openNewTab()
  await sam.open(placed.path)
  await expect(
    sam.tool
      .getByText(/2 answers brought back/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  const again = new Player(sam.tool)
  await again.saved()
  for (const number of [1, 2, 3]) {
    await again.goTo(number)
    await expect(again.question.getByRole('textbox')).toHaveValue('right')
  }
  await again.handIn()
  await expect(again.score).toContainText('3 of 3')
})

test('The server is killed in the middle of an attempt and started again: nothing is lost', async ({ enter, school }) => {
  const placed = await place(school, 'Through a restart', { document: smallQuiz(3) })
  const suzu = await enter('Suzu')
  const player = new Player(suzu.tool)
  await suzu.open(placed.path)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.saved()
  await school.kill()
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await expect(suzu.tool.getByText(noConnection).filter({ visible: true }).first()).toBeVisible({ timeout: 20_000 })
  await school.startAgain()
  await player.toNext()
  await player.question.getByRole('textbox').fill('right')
  await expect(suzu.tool.getByText(noConnection).filter({ visible: true })).toHaveCount(0, { timeout: 40_000 })
  await player.saved()
  await player.handIn()
  await expect(player.score).toContainText('3 of 3')
  await expect(player.inGradebook).toBeVisible({ timeout: 20_000 })
})

test('A network that is away just when the result page is fetched ahead does not cost the student the result @once', async ({
  enter,
  school,
}) => {
  const placed = await place(school, 'Away at the wrong moment', { document: smallQuiz(1) })
  const sam = await enter('Sam Student')
  const player = new Player(sam.tool)
  await sam.open(placed.path)
  await player.start()
  await sam.page.context().setOffline(true)
  await player.question.getByRole('textbox').fill('right')
  // Long enough for whatever is fetched ahead to have failed.
  await sam.page.waitForTimeout(5000)
  await sam.page.context().setOffline(false)
  await player.saved()
  await player.handIn()
  await expect(player.score).toContainText('1 of 1')
})
