// A quiz of all seven kinds, from the empty editor to a student who has no mouse.
import type { Locator } from '@playwright/test'
import { Author } from '../support/author.ts'
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { maxScoreOf, type Question, type Quiz } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import { biology, type Visitor } from '../support/visitor.ts'

const item = (text: string) => ({ id: text, text })
const choice = (text: string, correct = false) => ({ ...item(text), correct })
const questions: Question[] = [
  {
    id: '1',
    kind: 'single-choice',
    prompt: 'Which organelle makes most ATP?',
    points: 1,
    choices: [choice('Ribosome'), choice('Mitochondrion', true), choice('Nucleus')],
  },
  {
    ...{ id: '2', kind: 'multiple-choice', prompt: 'Which of these are sugars?', points: 2, scoring: 'right-minus-wrong' },
    choices: [choice('Glucose', true), choice('Fructose', true), choice('Glycine'), choice('Insulin')],
  },
  { id: '3', kind: 'true-false', prompt: 'All enzymes are sugars.', points: 1, correct: false },
  {
    id: '4',
    kind: 'short-text',
    prompt: 'Name the green pigment.',
    points: 1,
    accepted: [
      { text: 'chlorophyll', feedback: '' },
      { text: 'chlorophyl', feedback: '' },
    ],
  },
  {
    id: '5',
    kind: 'number',
    prompt: 'How warm is a human body?',
    points: 2,
    value: 37,
    tolerance: { kind: 'absolute', amount: 0.5 },
    unit: '°C',
  },
  {
    id: '6',
    kind: 'ordering',
    prompt: 'From small to large.',
    points: 3,
    scoring: 'each-right',
    items: ['Atom', 'Cell', 'Organ'].map(item),
  },
  {
    ...{ id: '7', kind: 'matching', prompt: 'Who found what?', points: 3, scoring: 'each-right', distractors: [item('Dynamite')] },
    pairs: [
      { ...item('Darwin'), match: item('Natural selection') },
      { ...item('Mendel'), match: item('Inheritance') },
      { ...item('Hooke'), match: item('The cell') },
    ],
  },
]
const quiz: Quiz = { id: 'own', title: 'Cells and people', document: { kind: 'quiz', intro: '', questions, settings: {} } }

/** Presses Tab until the element has the focus: it can be reached without a mouse, or this fails. */
async function tabTo(visitor: Visitor, wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return
    await visitor.page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

async function answerByKeys(visitor: Visitor, player: Player, question: Question): Promise<void> {
  const { keyboard } = visitor.page
  const on = player.question
  switch (question.kind) {
    case 'single-choice':
    case 'true-false': {
      const right =
        question.kind === 'true-false'
          ? question.correct
            ? 'True'
            : 'False'
          : (question.choices.find(({ correct }) => correct)?.text ?? '')
      const radios = on.getByRole('radio')
      await tabTo(visitor, radios.first())
      const wanted = on.getByRole('radio', { name: right, exact: true })
      await keyboard.press('Space')
      for (let pressed = 0; pressed < 8 && !(await wanted.isChecked()); pressed++) await keyboard.press('ArrowDown')
      await expect(wanted).toBeChecked()
      return
    }
    case 'multiple-choice':
      for (const { text } of question.choices.filter(({ correct }) => correct)) {
        // Options may be shuffled: begin before all of them.
        await on.getByRole('heading').focus()
        const box = on.getByRole('checkbox', { name: text, exact: true })
        await tabTo(visitor, box)
        await keyboard.press('Space')
        await expect(box).toBeChecked()
      }
      return
    case 'short-text':
      await tabTo(visitor, on.getByRole('textbox'))
      await keyboard.type(question.accepted[0]?.text ?? '')
      return
    case 'number':
      await tabTo(visitor, on.getByRole('textbox'))
      await keyboard.type(String(question.value))
      return
    case 'ordering': {
      const right = question.items.map(({ text }) => text)
      let moved = false
      for (const [place, text] of right.entries()) {
        for (let at = (await player.order()).indexOf(text); at > place; at--) {
          const up = on.getByRole('button', { name: `Move up: ${text}`, exact: true })
          if (!(await up.evaluate((one) => one === document.activeElement))) await on.getByRole('heading').focus()
          await tabTo(visitor, up)
          await keyboard.press('Enter')
          await expect.poll(async () => (await player.order()).indexOf(text)).toBe(at - 1)
          await expect(up, 'the focus moves with the item').toBeFocused()
          moved = true
        }
      }
      if (!moved) {
        await tabTo(visitor, on.getByRole('button', { name: /keep this order/i }))
        await keyboard.press('Enter')
      }
      return
    }
    case 'matching':
      for (const pair of question.pairs) {
        const list = on.getByRole('combobox', { name: pair.text, exact: true })
        await tabTo(visitor, list)
        await keyboard.type(pair.match.text.slice(0, 5))
        await expect(list.locator('option:checked')).toHaveText(pair.match.text)
      }
  }
}

test('An instructor writes a quiz of all seven kinds and places it; a student takes it by keyboard alone @once', async ({ enter }) => {
  test.setTimeout(150_000)
  const tina = await enter('Tina Teacher')
  await test.step('write and publish', async () => {
    await tina.addActivity()
    const picker = new Picker(tina.tool)
    await picker.tab(/write a new quiz/i)
    await tina.tool.getByRole('textbox', { name: /title of the new quiz/i }).fill(quiz.title)
    await tina.tool.getByRole('button', { name: /start writing/i }).press('Enter')
    const author = new Author(tina.tool)
    await expect(author.addQuestion).toBeVisible()
    for (const question of questions) await author.write(question)
    await author.saved()
    await expect(tina.tool.getByText(`Points in all: ${maxScoreOf(quiz)}`)).toBeVisible()
    await author.publish()
    await picker.toReview()
    await picker.titles.fill('Cells and people, week 3')
    await picker.points.fill('26')
    await picker.add()
    await expect(tina.activity('Cells and people, week 3')).toContainText('26 points')
  })

  const suzu = await enter('Suzu')
  const player = new Player(suzu.tool)
  const { keyboard } = suzu.page
  await test.step('take it by keyboard', async () => {
    await suzu.openActivity('Cells and people, week 3')
    await expect(player.question).toBeVisible()
    for (let number = 1; number <= questions.length; number++) {
      await expect(suzu.tool.getByRole('heading', { name: new RegExp(`^Question ${number} of`) })).toBeVisible()
      await answerByKeys(suzu, player, await player.shown(quiz))
      await tabTo(suzu, number < questions.length ? player.next : player.submit)
      await keyboard.press('Enter')
      if (number < questions.length)
        await expect(
          suzu.tool.getByRole('heading', { name: new RegExp(`^Question ${number + 1} of`) }),
          'the next question is read',
        ).toBeFocused()
    }
    await expect(suzu.tool.getByRole('heading', { name: /submit your quiz/i })).toBeFocused()
    await tabTo(suzu, player.submit)
    await keyboard.press('Enter')
    await expect(player.score).toContainText(`${maxScoreOf(quiz)} of ${maxScoreOf(quiz)}`)
    await expect(player.inGradebook).toBeVisible()
  })
  await suzu.open(`${biology}/gradebook`)
  await expect(suzu.page.getByRole('listitem').filter({ hasText: 'Cells and people, week 3' })).toContainText('26 of 26 points')
})
