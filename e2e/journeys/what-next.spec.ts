// What next: a student who fails reads why and what to do, on the page of the result and when opening the course again, and dismisses it; the
// instructor sets a rule and reads what became of it.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { clickUntil } from '../support/pointer.ts'
import { expect, test } from '../support/test.ts'

test('A student is told why and what next, and may dismiss it; the teacher sets a rule and reads the list @once', async ({
  enter,
  school,
}) => {
  // Four people's pages, each looked at in two widths.
  test.slow()
  // Where no other journey leaves anything to be suggested.
  const ownCourse = { course: '3' }
  const cells = await place(school, 'Cells at work', { document: smallQuiz(2) }, ownCourse)
  const roots = await place(school, 'Roots at work', { document: smallQuiz(1) }, ownCourse)
  const stems = await place(school, 'Stems at work', { document: smallQuiz(1) }, ownCourse)
  // Somebody of the class has opened it: only then it is suggested to others.
  const zoe = await enter("Zoë O'Neill")
  await zoe.open(roots.path)
  await new Player(zoe.tool).start()

  const sam = await enter('Sam Student')
  const next = sam.tool.getByRole('region', { name: 'What next' })
  await sam.open(cells.path)
  const player = new Player(sam.tool)
  await player.start()
  await player.question.getByRole('textbox').fill('something else')
  await player.handIn()
  await expect(next.getByText('“Roots at work”')).toBeVisible({ timeout: 20_000 })
  await expect(
    next.getByText(/you have not done it yet\. It was chosen by the order of the course.*not by your teacher/).first(),
  ).toBeVisible()
  await expect(next.getByText('Open it from your course page.')).toBeVisible()
  await expectGoodWideAndNarrow(sam, 'what next: on the result')

  await clickUntil(
    sam.tool.getByRole('button', { name: 'My activities in this course' }),
    sam.tool.getByRole('heading', { level: 1, name: 'My activities in this course' }),
  )
  const row = (name: RegExp) => sam.tool.getByRole('row', { name })
  await expect(row(/^Cells at work You came from here Done 0 of 2/)).toBeVisible()
  await expect(row(/^Roots at work Not started/)).toBeVisible()
  await expect(row(/^Stems at work/)).toHaveCount(0)
  await expectGoodWideAndNarrow(sam, 'what next: my activities')
  await clickUntil(sam.tool.getByRole('button', { name: 'Back to “Cells at work”' }), player.result)

  const tina = await enter('Tina Teacher')
  await tina.open(cells.path)
  const { tool } = tina
  await clickUntil(tool.getByRole('button', { name: 'What next' }), tool.getByRole('heading', { name: 'What next after “Cells at work”' }))
  await expect(tool.getByText('No rule is set. Choose below what happens then.')).toBeVisible()
  await tool.getByRole('button', { name: 'The score is low' }).press('Enter')
  const rule = tool.getByRole('group', { name: 'Rule 1: the score is low' })
  await tool.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(tool.getByText('Rule 1 needs something to suggest.')).toBeVisible()
  await rule.getByRole('combobox', { name: 'When the score that counts is below' }).selectOption('70')
  await rule.getByRole('checkbox', { name: 'Roots at work' }).press('Space')
  await tool.getByRole('button', { name: 'Ready for the next' }).press('Enter')
  await tool
    .getByRole('group', { name: 'Rule 2: ready for the next' })
    .getByRole('combobox', { name: 'suggest' })
    .selectOption({ label: 'Stems at work (nobody has opened it from the course yet)' })
  await tool.getByRole('button', { name: 'A topic went wrong' }).press('Enter')
  await tool.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(tool.getByText(/^Saved\. Learners who have handed it in/)).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'what next: rules')

  await expect(async () => {
    await sam.open(stems.path)
    await expect(player.question).toBeVisible()
    await expect(next.getByText(/you have 0% in “Cells at work”, and your teacher suggests this below 70%/)).toBeVisible({ timeout: 8000 })
  }).toPass({ timeout: 60_000 })
  await expectGoodWideAndNarrow(sam, 'what next: at the next launch')
  await clickUntil(next.getByRole('button', { name: 'Dismiss “Roots at work”' }), next.getByText('Nothing is suggested right now.'))
  await sam.open(cells.path)
  await expect(player.result).toBeVisible()
  await clickUntil(sam.tool.getByRole('button', { name: 'My activities in this course' }), row(/^Roots at work/))
  await expect(next).toHaveCount(0)

  await clickUntil(tool.getByRole('tab', { name: 'What was suggested' }), tool.getByRole('heading', { name: 'Did it help?' }))
  const given = tool.getByRole('row', { name: /^Sam Student Score of 0%, below 70% Roots at work Dismissed/ })
  await expect(given).toBeVisible()
  await expect(tool.getByRole('row', { name: /^Score below the limit 1 0 1 Too few \(0\) Too few \(0\)/ })).toBeVisible()
  await expectGoodWideAndNarrow(tina, 'what next: what was suggested')
  const csv = tina.page.waitForEvent('download')
  await tool.getByRole('button', { name: 'Save the list as CSV' }).press('Enter')
  expect((await csv).suggestedFilename()).toMatch(/^suggestions given .*\.csv$/)
  await tool.getByRole('checkbox', { name: 'Numbers instead of names' }).press('Space')
  await expect(tool.getByRole('row', { name: /^Learner 1 Score of 0%, below 70% Roots at work Dismissed/ })).toBeVisible()
  await expect(given).toHaveCount(0)
})

test('A student who has missed a part of a video is led to it, and playing it there is following it @once', async ({ enter, school }) => {
  test.slow()
  const placed = await place(school, 'A street, half seen', { video: { settings: { watchPoints: 2 } } })
  const tina = await enter('Tina Teacher')
  await tina.open(placed.path)
  const { tool } = tina
  await clickUntil(tool.getByRole('button', { name: 'What next' }), tool.getByRole('heading', { name: /^What next after/ }))
  await tool.getByRole('button', { name: 'Too little was watched' }).press('Enter')
  await tool.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect(tool.getByText(/^Saved\. Learners who have handed it in/)).toBeVisible()

  const sam = await enter('Sam Student')
  await sam.open(placed.path)
  await clickUntil(sam.tool.getByRole('button', { name: 'Hand in now' }), sam.tool.getByRole('button', { name: 'Hand in', exact: true }))
  const next = sam.tool.getByRole('region', { name: 'What next' })
  await clickUntil(sam.tool.getByRole('button', { name: 'Hand in', exact: true }), sam.tool.getByRole('heading', { name: 'Your result' }))
  await expect(next.getByText('Watch 0:00 to 0:12 of “A street, half seen”')).toBeVisible({ timeout: 20_000 })
  await expect(next.getByText(/you have watched 0% of “A street, half seen”.*Your teacher asks for 80%/)).toBeVisible()
  // A launch that opens on a video shows it below, once the video can be played.
  const other = await place(school, 'Another street', { video: {} })
  await sam.open(other.path)
  await expect(sam.tool.getByRole('button', { name: /^Play/ }).first()).toBeVisible()
  await expect(next.getByText('Watch 0:00 to 0:12 of “A street, half seen”')).toBeVisible({ timeout: 20_000 })
  await expect(next.getByText('Open “A street, half seen” from your course page.')).toBeVisible()
  await expectGoodWideAndNarrow(sam, 'what next: at the launch of a video')
  await sam.open(placed.path)
  await expect(sam.tool.getByRole('heading', { name: 'Your result' })).toBeVisible()
  await next.getByRole('button', { name: 'Watch it now' }).press('Enter')
  const video = sam.tool.locator('video')
  await expect.poll(() => video.evaluate((it: HTMLVideoElement) => it.currentTime), { timeout: 30_000 }).toBeGreaterThan(5.5)

  await expect(async () => {
    await tool.getByRole('tab', { name: 'Rules' }).press('Enter')
    await clickUntil(tool.getByRole('tab', { name: 'What was suggested' }), tool.getByRole('heading', { name: 'Did it help?' }))
    await expect(
      tool.getByRole('row', { name: /^Sam Student Watched 0%, below 80% 0:00 to 0:12 of “A street, half seen” Followed/ }),
    ).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 60_000 })
})
