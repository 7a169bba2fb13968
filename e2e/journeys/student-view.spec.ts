// Student View: the teacher sees the activity as a learner does, and nothing of it counts anywhere.
import { expectGoodWideAndNarrow } from '../support/accessible.ts'
import { place, smallQuiz } from '../support/backstage.ts'
import { Player } from '../support/player.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

test('In Student View a teacher can take the quiz; it reaches neither gradebook nor class, and the teacher is herself again after it @once', async ({
  enter,
  school,
}) => {
  const lms = await school.canvas()
  const placed = await place({ ...school, lms }, 'Seen as a student', { document: smallQuiz(1) })
  const tina = await enter('Tina Teacher', { lms })
  await tina.open(placed.path)
  await tina.page.getByRole('link', { name: 'Student View' }).click()
  const player = new Player(tina.tool)
  await player.start()
  await expect(tina.tool.getByText('Only a try-out: what you answer counts for nothing.')).toBeVisible()
  await player.question.getByRole('textbox').fill('right')
  await expectGoodWideAndNarrow(tina, 'student view: a question')
  await player.handIn()
  await expect(player.score).toContainText('1 of 1')
  await expect(tina.tool.getByText('This was only a try-out: it counts for nothing and goes to no gradebook.')).toBeVisible()
  await expect(player.inGradebook).toHaveCount(0)
  await expectGoodWideAndNarrow(tina, 'student view: the result')

  await tina.page.getByRole('link', { name: 'As yourself' }).click()
  await expect(tina.tool.getByRole('button', { name: 'Edit activity' })).toBeVisible()
  await expect(tina.tool.getByText('Test Student')).toHaveCount(0)
  await tina.open(`${biology}/gradebook`)
  const column = await tina.gradebookColumn(placed.title)
  await expect(tina.gradebookCell('Sam Student', column)).toContainText('–')
  await expect(tina.page.getByRole('cell', { name: /^1\b/ })).toHaveCount(0)
})
