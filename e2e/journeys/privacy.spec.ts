// People's data: an administrator decides what is kept, gives one learner a copy of everything and erases them; a teacher shows the
// insights without names; and what was looked at stands where an administrator reads it.
import { readFileSync } from 'node:fs'
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { test } from '../support/own-lms.ts'
import { Player } from '../support/player.ts'
import { clickUntil } from '../support/pointer.ts'
import { expect } from '../support/test.ts'

type Fixtures = Pick<Parameters<Parameters<typeof test>[2]>[0], 'enter' | 'school' | 'ownLms'>

/** A school of its own, where Sam has taken a quiz. */
async function schoolWithWork({ enter, school, ownLms }: Fixtures, name: string) {
  const lms = await ownLms('moodle', { name: `${name} LMS`, approved: true, school: name })
  const placed = await place({ ...school, lms }, 'To be forgotten', { document: smallQuiz(1) })
  const sam = await enter('Sam Student', { lms })
  await sam.open(placed.path)
  const player = new Player(sam.tool)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()
  return { lms, placed, sam, player }
}

test('A teacher shows the insights by numbers instead of names, and whom they looked at is written down @once', async ({
  enter,
  school,
  ownLms,
  operator,
}) => {
  test.setTimeout(180_000)
  const { lms, placed } = await schoolWithWork({ enter, school, ownLms }, 'Harbour School')
  const tina = await enter('Tina Teacher', { lms })
  await tina.open(placed.path)
  const { tool } = tina
  await clickUntil(tool.getByRole('button', { name: 'Insights' }), tool.getByRole('heading', { name: 'Insights: To be forgotten' }))
  await clickUntil(tool.getByRole('tab', { name: 'Learners' }), tool.getByRole('combobox', { name: 'Show' }))
  await tool.getByRole('combobox', { name: 'Show' }).selectOption('everybody')
  await tool.getByRole('button', { name: 'Sam Student' }).press('Enter')
  await expect(tool.getByRole('heading', { name: /Sam Student/ })).toBeVisible()
  await tool.getByRole('button', { name: /^Back to/ }).press('Enter')
  await tool.getByRole('checkbox', { name: 'Numbers instead of names' }).press('Space')
  await tool.getByRole('combobox', { name: 'Show' }).selectOption('everybody')
  await expect(tool.getByRole('button', { name: /^Learner \d+$/ }).first()).toBeVisible()
  await expect(tool.getByText('Sam Student')).toHaveCount(0)
  await expectGoodWideAndNarrow(tina, 'insights: without names')
  await tool
    .getByRole('button', { name: /^Learner \d+$/ })
    .first()
    .press('Enter')
  await expect(tool.getByRole('heading', { level: 1, name: /Learner \d+/ })).toBeVisible()

  await operator.open('Who looked at whom')
  await operator.page.getByLabel('Institution').selectOption('Harbour School')
  const look = operator.page.getByRole('row').filter({ hasText: 'What they did, step by step' })
  await expect(look).toHaveCount(1)
  await expect(look).toContainText('Tina Teacher')
  await expect(look).toContainText('Sam Student')
  await expectGoodWideAndNarrow(operator, 'admin: who looked at whom')
  await operator.page.getByLabel('Name or LMS id, of either').fill('nobody of that name')
  await operator.page.keyboard.press('Enter')
  await expect(operator.page.getByText('No look has to do with “nobody of that name”.')).toBeVisible()
  const csv = operator.page.waitForEvent('download')
  await operator.page.getByRole('button', { name: 'Save as CSV' }).press('Enter')
  expect((await csv).suggestedFilename()).toMatch(/^cuepoint-looks-.*\.csv$/)
})

test('A learner’s data is saved for them, and erased: they begin anew @once', async ({ enter, school, ownLms, operator }) => {
  test.setTimeout(180_000)
  const { lms, placed, sam, player } = await schoolWithWork({ enter, school, ownLms }, 'Lighthouse School')
  await operator.open('Privacy')
  await operator.page.getByLabel('Institution').selectOption('Lighthouse School')
  await expectGoodWideAndNarrow(operator, 'admin: privacy')
  await operator.page.getByLabel('Attempts, answers and results are deleted').selectOption('24')
  await expect(operator.page.getByText('Nothing would be deleted today.')).toBeVisible()
  await operator.page.getByRole('checkbox', { name: 'Teachers see numbers instead of names' }).press('Space')
  await operator.page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(operator.page.getByRole('main').getByText('Saved.')).toBeVisible()
  const tina = await enter('Tina Teacher', { lms })
  await tina.open(placed.path)
  const { tool } = tina
  await expect(tool.getByText('Your institution shows learners by numbers')).toBeVisible()
  await expect(tool.getByRole('row', { name: /^Learner 1 / })).toBeVisible()
  await expect(tool.getByText('Sam Student')).toHaveCount(0)
  await expectGoodWideAndNarrow(tina, 'overview: numbers instead of names')
  await clickUntil(tool.getByRole('button', { name: 'Insights' }), tool.getByText('Your institution shows no names here'))
  await tool.getByRole('button', { name: /^Back to/ }).press('Enter')
  await tool.getByRole('button', { name: 'Show names, to grade by hand' }).press('Enter')
  await expect(tool.getByText(/^Names are shown because you asked for them/)).toBeFocused()
  await clickUntil(tool.getByRole('button', { name: 'Sam Student' }), tool.getByText(/This one is named because you asked for names/))

  await operator.page.getByLabel('Name, mail address or LMS id').fill('sam student')
  await operator.page.keyboard.press('Enter')
  const card = operator.card('Sam Student')
  const copy = operator.page.waitForEvent('download')
  await card.getByRole('button', { name: /^Save all that is kept of them/ }).press('Enter')
  const saved = JSON.parse(readFileSync(await (await copy).path(), 'utf8'))
  expect(saved.people[0].name).toBe('Sam Student')
  expect(saved.answers).toHaveLength(1)
  await expect(card.getByText(/is saved\. That this was done is written down/)).toBeVisible()
  await card.getByRole('button', { name: /^Erase…/ }).press('Enter')
  await expect(card.getByRole('heading', { name: 'Erase Sam Student' })).toBeFocused()
  await card.getByLabel('Type Sam Student to confirm').fill('Sam')
  await operator.page.keyboard.press('Enter')
  await expect(card.getByRole('alert')).toContainText('That is not the name')
  await expectGoodWideAndNarrow(operator, 'admin: erasing somebody')
  await card.getByLabel('Type Sam Student to confirm').fill('Sam Student')
  await operator.page.keyboard.press('Enter')
  await expect(operator.page.getByRole('main').getByText('Sam Student is being erased. How far that is stands below.')).toBeFocused()
  const erasure = operator.card(/^Asked/)
  await expect(erasure).toContainText('done', { timeout: 20_000 })
  await expect(erasure).toContainText(/one attempt, one answer/)
  await expect(operator.page.getByRole('row').filter({ hasText: 'A person was erased' })).toBeVisible()
  await expectGoodWideAndNarrow(operator, 'admin: somebody was erased')

  await sam.open(placed.path)
  await expect(player.question.getByRole('textbox'), 'they begin anew').toHaveValue('')
})
