// The dashboard: figures of a class, with a table for every chart, and what one learner did.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { clickUntil } from '../support/pointer.ts'
import { expect, test } from '../support/test.ts'

test('A teacher sees what the class has done, question by question, and why somebody may need a word @once', async ({ enter, school }) => {
  const placed = await place(school, 'Looked into', { document: smallQuiz(2) })
  const zoe = await enter("Zoë O'Neill")
  await zoe.open(placed.path)
  const player = new Player(zoe.tool)
  await player.start()
  await player.question.getByRole('textbox').fill('right')
  await player.handIn()

  const tina = await enter('Tina Teacher')
  // Two days must go by before somebody who began is said to have stopped.
  await tina.page.route(/\/api\/placements\/[^/]+\/insight\/[^/]+$/, async (route) => {
    const answer = await route.fetch()
    const insight = (await answer.json()) as { learners: { name: string; state: string; concerns: object[] }[] }
    const sam = insight.learners.find(({ name }) => name === 'Sam Student')
    Object.assign(sam ?? {}, { state: 'started', concerns: [{ code: 'stopped', value: 3 }] })
    await route.fulfill({ response: answer, json: insight })
  })
  await tina.open(placed.path)
  const { tool } = tina
  await clickUntil(tool.getByRole('button', { name: 'Insights' }), tool.getByRole('heading', { name: 'Insights: Looked into' }))
  await expect(tool.getByText('Mean score')).toBeVisible()
  const funnel = tool.getByRole('figure').filter({ has: tool.getByRole('heading', { name: 'How far the class has come' }) })
  await funnel.getByText('As a table').press('Enter')
  await expect(funnel.getByRole('row', { name: /^Finished 1$/ })).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'insights: class')
  await tina.page.emulateMedia({ media: 'print' })
  await expect(tool.getByText('As a table').first()).toBeHidden()
  await expect(tool.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(tool.getByRole('tab')).toHaveText(['Class'])
  await expect(tool.getByText('Mean score')).toBeVisible()
  await tina.page.emulateMedia({ media: null })

  await clickUntil(tool.getByRole('tab', { name: 'Questions' }), tool.getByRole('heading', { name: 'Worth a look' }))
  await expect(tool.getByRole('heading', { name: 'Question 2', exact: true })).toBeVisible()
  await expect(tool.getByText('First attempts: 1').first()).toBeVisible()
  await tool.getByText('What is this?').first().press('Enter')
  const changed = tool.getByText('Changed their answer').first().locator('..')
  await changed.getByText('What is this?').press('Enter')
  await expect(changed.getByText('First attempts in which an answer was changed')).toBeVisible()
  await tool.getByText('Save as CSV').press('Enter')
  const saved = tina.page.waitForEvent('download')
  await tool.getByRole('button', { name: 'Questions with their figures' }).press('Enter')
  expect((await saved).suggestedFilename()).toMatch(/^Looked into questions .*\.csv$/)
  await expectGoodWideAndNarrow(tina, 'insights: questions')

  await clickUntil(tool.getByRole('tab', { name: 'Learners' }), tool.getByRole('combobox', { name: 'Show' }))
  await tool.getByRole('combobox', { name: 'Show' }).selectOption('notStarted')
  await expect(tool.getByRole('textbox', { name: 'A message to copy' })).toHaveValue(/You have not opened “Looked into” yet/)
  await expectGoodWideAndNarrow(tina, 'insights: learners')
  await tool.getByRole('combobox', { name: 'Show' }).selectOption('stuck')
  await expect(tool.getByRole('row', { name: /Sam Student .*Started, and silent for 3 days/ })).toBeVisible()
  await expect(tool.getByRole('textbox', { name: 'A message to copy' })).toHaveValue(
    /You have begun “Looked into” and not handed it in yet/,
  )
  await tool.getByRole('combobox', { name: 'Show' }).selectOption('everybody')
  await tool.getByRole('button', { name: "Zoë O'Neill" }).press('Enter')
  await expect(tool.getByRole('listitem').filter({ hasText: 'Handed in attempt 1' })).toBeVisible()
  const story = tina.page.waitForEvent('download')
  await tool.getByRole('button', { name: 'Save as CSV' }).press('Enter')
  expect((await story).suggestedFilename()).toMatch(/^Zoë ONeill story .*\.csv$/)
  await expectGoodWideAndNarrow(tina, 'insights: what one learner did')
})
