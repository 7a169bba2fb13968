// Learning record stores, as an administrator meets them: one is added, tried, paused, resumed and sent a range of time again; and the
// statements that are kept here, as they come.
import { startStubLrs } from '../../fixtures/lrs/stub.ts'
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { test } from '../support/own-lms.ts'
import { Player } from '../support/player.ts'
import { expect } from '../support/test.ts'

test('An LRS is added and tried; paused it waits, resumed it gets all, and gets it again when asked @once', async ({
  enter,
  school,
  ownLms,
  operator,
}) => {
  test.setTimeout(180_000)
  const stub = await startStubLrs()
  const lms = await ownLms('moodle', { name: 'A school with records LMS', approved: true, school: 'Records School' })
  const placed = await place({ ...school, lms }, 'Told to the LRS', { document: smallQuiz(1) })

  await operator.open('Learning record stores')
  await expect(operator.page.getByText('No LRS is set up.')).toBeVisible()
  await operator.page.getByRole('button', { name: 'Add an LRS' }).press('Enter')
  await operator.page.getByLabel('Institution').selectOption('Records School')
  await operator.page.getByLabel('Name', { exact: true }).fill('Records of the school')
  await operator.page.getByLabel('Endpoint').fill(stub.url)
  await operator.page.getByLabel('Key (user name)').fill(stub.username)
  await operator.page.getByLabel('Secret (password)').fill('not the secret')
  await expectGoodWideAndNarrow(operator, 'admin: a new LRS')
  await operator.page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  const card = operator.card('Records of the school')
  await expect(card).toContainText('Nothing was sent yet.')

  await card.getByRole('button', { name: /^Send a test statement/ }).press('Enter')
  await expect(card.getByText(/^It did not take the test statement: 401/)).toBeVisible()
  await card.getByRole('button', { name: /^Change/ }).press('Enter')
  await card.getByLabel('Secret (password)').fill(stub.password)
  await card.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(card.getByText('Saved.')).toBeVisible()
  await card.getByRole('button', { name: /^Send a test statement/ }).press('Enter')
  await expect(card.getByText('It took the test statement and gave it back.')).toBeVisible()

  await card.getByRole('button', { name: /^Pause/ }).press('Enter')
  await expect(card.getByText('paused', { exact: true })).toBeVisible()
  const sam = await enter('Sam Student', { lms })
  await sam.open(placed.path)
  const player = new Player(sam.tool)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  await expect(card).toContainText(/events? waits?, the oldest for/, { timeout: 20_000 })
  const before = stub.statements.size
  await expectGoodWideAndNarrow(operator, 'admin: an LRS that is paused')
  await card.getByRole('button', { name: /^Resume/ }).press('Enter')
  await expect(card).toContainText('Nothing waits.', { timeout: 20_000 })
  expect(stub.statements.size).toBeGreaterThan(before + 3)

  await card.getByRole('button', { name: /^Send a range of time again/ }).press('Enter')
  await expectGoodWideAndNarrow(operator, 'admin: a range of time again')
  await card.getByRole('button', { name: 'Send again', exact: true }).press('Enter')
  await expect(card.getByText(/events? (is|are) on the way again\./)).toBeVisible()
  await expect.poll(() => stub.again.length, { timeout: 20_000 }).toBeGreaterThan(3)

  await operator.open('Statements')
  const row = operator.page.getByRole('row').filter({ hasText: 'completed: Told to the LRS' })
  await expect(row).toBeVisible()
  await row.getByText('The whole statement').press('Enter')
  await expect(row.locator('pre')).toContainText('"verb"')
  await expectGoodWideAndNarrow(operator, 'admin: statements')

  await operator.open('Learning record stores')
  await card.getByRole('button', { name: /^Remove/ }).press('Enter')
  await expect(card.getByRole('alert')).toContainText('will never be sent')
  await card.getByRole('button', { name: 'Remove for good' }).press('Enter')
  await expect(card).toHaveCount(0)
  await stub.stop()
})
