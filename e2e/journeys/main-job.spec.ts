// The main job, end to end: what issue 2 promises, by clicking only.

import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { type How, maxScoreOf, sampleQuiz, worth } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

const quiz = sampleQuiz('photosynthesis-and-cell-energy')
/** Question by question, wrong and half right on purpose. */
const plan: Record<string, How> = { q2: 'partly', q3: 'wrong', q5: 'partly', q7: 'partly' }
const how = ({ id }: { id: string }): How => plan[id] ?? 'right'

test('An instructor adds a sample quiz, a student takes it, and the score stands in the gradebook', async ({ enter }) => {
  const expected = quiz.document.questions.reduce((sum, question) => sum + worth(question, how(question)), 0)
  const shown = String(Math.round(expected * 100) / 100)

  const tina = await enter('Tina Teacher')
  await test.step('the instructor adds the sample', async () => {
    await tina.addActivity()
    const picker = new Picker(tina.tool)
    await picker.takeSample(quiz.title)
    await picker.toReview()
    await expect.soft(picker.titles, 'the quiz keeps its own name').toHaveValue(quiz.title, { timeout: 2000 })
    await picker.titles.fill(quiz.title)
    await expect(picker.points).toHaveValue(String(maxScoreOf(quiz)))
    await picker.add()
    await expect(tina.page).toHaveURL(new RegExp(`${biology}(\\?.*)?$`))
    await expect(tina.activity(quiz.title)).toContainText(`${maxScoreOf(quiz)} points`)
  })

  const zoe = await enter("Zoë O'Neill")
  const player = new Player(zoe.tool)
  await test.step('the student answers and submits', async () => {
    await zoe.openActivity(quiz.title)
    await player.start()
    await player.answerAll(quiz, how)
    await player.saved()
    await player.handIn()
    await expect(player.score).toContainText(`${shown} of ${maxScoreOf(quiz)}`)
  })

  await test.step('the worker brings the score to the LMS', async () => {
    await expect(player.inGradebook).toBeVisible()
    await zoe.open(`${biology}/gradebook`)
    await expect(zoe.page.getByRole('listitem').filter({ hasText: quiz.title })).toContainText(`${shown} of ${maxScoreOf(quiz)} points`)
    await tina.open(`${biology}/gradebook`)
    const column = await tina.gradebookColumn(quiz.title)
    await expect(tina.gradebookCell("Zoë O'Neill", column)).toContainText(shown)
    await expect(tina.gradebookCell('Sam Student', column)).toContainText('–')
  })
})
