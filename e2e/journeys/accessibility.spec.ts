// Every page of the tool, for people who see little, use keys, or have a small screen: WCAG 2.2 AA by axe, no sideways scroll at 320 px,
// focus where reading begins. Each page is a step; a step that fails does not hide those after it.

import { expectGood, expectNoOverlap, focusIn } from '../support/accessible.ts'
import { Author } from '../support/author.ts'
import { place, smallQuiz, write } from '../support/backstage.ts'
import { Picker } from '../support/picker.ts'
import { Player } from '../support/player.ts'
import { clickUntil } from '../support/pointer.ts'
import { type Question, type Sample, sampleQuiz } from '../support/quizzes.ts'
import { expect, test } from '../support/test.ts'
import { biology } from '../support/visitor.ts'

const kinds: Question['kind'][] = ['single-choice', 'multiple-choice', 'true-false', 'short-text', 'number', 'ordering', 'matching']
const windows = [
  { name: 'wide', viewport: { width: 1280, height: 900 } },
  // 320 px is also what 1280 px are at 400 % zoom (WCAG 1.4.10).
  { name: 'narrow', viewport: { width: 320, height: 640 } },
] as const

for (const { name, viewport } of windows) {
  test.describe(`in a ${name} window`, { tag: '@once' }, () => {
    test('the picker is accessible', async ({ enter, school }) => {
      await place(school, `Existing, ${name}`, { document: smallQuiz(1) })
      await write(school, `Elsewhere, ${name}`, smallQuiz(1), { course: '3', publish: true })
      const tina = await enter('Tina Teacher', { viewport })
      await tina.addActivity()
      expect.soft(await focusIn(tina), 'focus after the launch').toMatch(/^H1/)
      const picker = new Picker(tina.tool)
      await expect(tina.tool.getByText(`Existing, ${name}`)).toBeVisible()
      await expectGood(tina, 'picker: own activities')
      await picker.tab(/other courses/i)
      await expect(tina.tool.getByRole('button', { name: /^Copy “Elsewhere/ }).first()).toBeVisible()
      await expectGood(tina, 'picker: other courses')
      await picker.tab(/samples/i)
      await expect(tina.tool.getByRole('button', { name: /use the sample/i }).first()).toBeVisible()
      await expectGood(tina, 'picker: samples')
      await picker.tab(/write a new quiz/i)
      await expectGood(tina, 'picker: new quiz')
      await picker.takeSample(sampleQuiz('rivers-and-climate').title)
      await expectGood(tina, 'picker: chosen')
      await picker.toReview()
      await picker.unfold()
      const handIn = tina.tool.getByRole('group', { name: 'Learners may hand in' })
      await handIn.getByLabel('From').fill('2031-05-02T10:00')
      await handIn.getByLabel('Until').fill('2031-05-01T10:00')
      await expectGood(tina, 'picker: review')
      await picker.titles.fill('')
      await picker.points.fill('many')
      await picker.add()
      await expectGood(tina, 'picker: review with mistakes')
      expect.soft(await focusIn(tina), 'focus goes to the first mistake').toMatch(/^INPUT/)
      await tina.open(biology)
      await tina.page.getByRole('link', { name: `Change link Existing, ${name}` }).click()
      await expect(tina.tool.getByRole('heading', { name: /^This link leads to/ })).toBeVisible()
      await expectGood(tina, 'picker: a link that the LMS edits')
    })

    test('the editor is accessible with each kind of question open', async ({ enter }) => {
      test.setTimeout(180_000)
      const tina = await enter('Tina Teacher', { viewport })
      await tina.addActivity()
      await new Picker(tina.tool).tab(/write a new quiz/i)
      await tina.tool.getByRole('button', { name: /start writing/i }).press('Enter')
      const author = new Author(tina.tool)
      await expect(author.addQuestion).toBeVisible()
      await expectGood(tina, 'editor: empty')
      for (const kind of kinds) {
        await author.add(kind)
        await author.prompt.fill(`A question of the kind ${kind}`)
        for (const part of [/^feedback/i, /^topics/i, /^preview/i])
          await tina.tool.getByRole('button', { name: part, expanded: false }).press('Enter')
        // The rest of the page is what it was: only the open question is looked at.
        await expectGood(tina, `editor: ${kind}`, 'li:has(> * > * > [aria-expanded="true"])')
      }
      await author.publish()
      await expect(
        tina.tool
          .getByText(/missing/i)
          .filter({ visible: true })
          .first(),
      ).toBeVisible()
      await expectGood(tina, 'editor: what is missing')
    })

    test('the player is accessible for each kind of question, while handing in and with its result', async ({ enter, school }) => {
      test.setTimeout(180_000)
      const sample: Sample = 'rivers-and-climate'
      const quiz = sampleQuiz(sample)
      const placed = await place(school, `Rivers, ${name}`, { sample })
      const zoe = await enter("Zoë O'Neill", { viewport })
      const player = new Player(zoe.tool)
      await zoe.open(placed.path)
      await expect(zoe.tool.getByRole('heading', { level: 1 })).toBeVisible()
      expect.soft(await focusIn(zoe), 'focus after the launch').toMatch(/^H1/)
      await player.start()
      for (let number = 1; number <= quiz.document.questions.length; number++) {
        const question = await player.shown(quiz)
        await player.answer(question, number % 3 === 0 ? 'partly' : 'right')
        await expectGood(zoe, `player: ${question.kind}`)
        await expectNoOverlap(player.question, question.kind)
        if (number < quiz.document.questions.length) await player.toNext()
      }
      await player.toConfirm()
      await expect(zoe.tool.getByRole('heading', { name: /submit your quiz/i })).toBeFocused()
      await expectGood(zoe, 'player: confirm')
      await clickUntil(player.submit, player.result)
      await expect(player.inGradebook).toBeVisible()
      expect.soft(await focusIn(zoe), 'focus with the result').toMatch(/^H[12]/)
      await expectGood(zoe, 'player: result, answers not shown yet')
    })

    test('the start card, the countdown and a result with answers are accessible', async ({ enter, school }) => {
      const sample: Sample = 'statistics-and-probability'
      const placed = await place(school, `Statistics, ${name}`, { sample })
      const zoe = await enter("Zoë O'Neill", { viewport })
      const player = new Player(zoe.tool)
      await zoe.open(placed.path)
      await expect(player.startButton).toBeVisible()
      expect.soft(await focusIn(zoe), 'focus after the launch').toMatch(/^H1/)
      await expectGood(zoe, 'player: start card')
      await player.start()
      await expectGood(zoe, 'player: with countdown')
      await player.answer(await player.shown(sampleQuiz(sample)), 'wrong')
      await player.toConfirm()
      await expect(zoe.tool.getByText(/not answered|answered only in part/i).first()).toBeVisible()
      await expectGood(zoe, 'player: confirm with gaps')
      await clickUntil(player.submit, player.result)
      await expect(player.inGradebook).toBeVisible()
      await expectGood(zoe, 'player: result with answers')
    })

    test('the overview of an instructor is accessible', async ({ enter, school }) => {
      const placed = await place(school, `Overview, ${name}`, { document: smallQuiz(1) })
      const sam = await enter('Sam Student')
      const player = new Player(sam.tool)
      await sam.open(placed.path)
      await player.start()
      await player.question.getByRole('textbox').fill('right')
      await player.handIn()
      const tina = await enter('Tina Teacher', { viewport })
      await tina.open(placed.path)
      await expect(tina.tool.getByText('Sam Student').filter({ visible: true }).first()).toBeVisible()
      expect.soft(await focusIn(tina), 'focus after the launch').toMatch(/^H1/)
      await expectGood(tina, 'overview')
      await tina.tool.getByRole('button', { name: /preview as a learner/i }).press('Enter')
      await expect(tina.tool.getByText(/only a try-out: it counts/i)).toBeVisible()
      // As for a learner: without a time limit the first question shows at once, and nothing speaks of a saved time.
      await expect(new Player(tina.tool).question).toBeVisible()
      await new Player(tina.tool).question.getByRole('textbox').fill('a try')
      await expect(tina.tool.getByText('1 of 1 answered')).toBeVisible()
      await expect(tina.tool.getByText(/^Saved /)).toHaveCount(0)
      await expectGood(tina, 'overview: preview')
      await tina.tool.getByRole('button', { name: /back to the learners/i }).press('Enter')
      await tina.tool.getByRole('button', { name: /choose another activity/i }).press('Enter')
      await expect(tina.tool.getByRole('tab', { name: /samples/i })).toBeVisible()
      await expectGood(tina, 'overview: choose another')
    })

    test('the pages that say why something did not open are accessible', async ({ enter, school }) => {
      const placed = await place(school, `Words, ${name}`, { document: smallQuiz(1) })
      const sam = await enter('Sam Student', { viewport })
      await sam.page.route(/\/lti\/launch$/, async (route) => {
        const form = new URLSearchParams(route.request().postData() ?? '')
        await route.continue({
          postData: new URLSearchParams({ id_token: `${form.get('id_token')}x`, state: form.get('state') ?? '' }).toString(),
        })
      })
      await sam.open(placed.path)
      await expect(sam.tool.getByText(/^support code/i)).toBeVisible()
      await expect(sam.tool.getByRole('heading', { level: 1 })).toBeVisible()
      await expectGood(sam, 'a refused launch')
      await sam.page.unrouteAll()

      await sam.page.goto(`${school.tool}/a/00000000-0000-4000-8000-000000000000`)
      await expect(sam.page.getByRole('heading', { name: /again from your course/i })).toBeFocused()
      await expectGood(sam, 'open it again from your course')
      await sam.page.goto(`${school.tool}/lti/activities/${placed.activityId}`)
      await expect(sam.page.getByRole('heading', { name: /from your course/i })).toBeVisible()
      await expectGood(sam, 'the bare address of an activity')

      await sam.page.route(/\/lti\/launch$/, async (route) => {
        await sam.page.context().clearCookies({ domain: '127.0.0.1' })
        await route.continue()
      })
      await sam.open(placed.path)
      await expect(sam.tool.getByRole('heading', { name: /open in a new window/i })).toBeVisible()
      await expectGood(sam, 'open in a new window')
    })
  })
}

test('At 200 % zoom everything of a question can be read and reached', { tag: '@once' }, async ({ enter, school }) => {
  const sample: Sample = 'photosynthesis-and-cell-energy'
  const placed = await place(school, 'Zoomed', { sample })
  // 1280 x 900 at 200 % has this many CSS pixels.
  const sam = await enter('Sam Student', { viewport: { width: 640, height: 450 } })
  await sam.open(placed.path)
  const player = new Player(sam.tool)
  await player.start()
  await expectGood(sam, 'player at 200 %')
  await player.answer(await player.shown(sampleQuiz(sample)), 'right')
  await player.toNext()
  await expect(sam.tool.getByRole('heading', { name: /^Question 2 of/ })).toBeInViewport()
})

test('Who asks for less motion gets none', { tag: '@once' }, async ({ enter, school }) => {
  const placed = await place(school, 'At rest', { sample: 'rivers-and-climate' })
  const sam = await enter('Sam Student', { reducedMotion: 'reduce' })
  await sam.open(placed.path)
  const player = new Player(sam.tool)
  await player.start()
  const moving = () =>
    document
      .getAnimations()
      .filter((one) => Number(one.effect?.getComputedTiming().duration) > 10)
      .map((one) => `${(one.effect as KeyframeEffect).target?.className}`)
  await player.answer(await player.shown(sampleQuiz('rivers-and-climate')), 'right')
  await player.toNext()
  expect(await sam.tool.locator('html').evaluate(moving)).toEqual([])
  const slow = await sam.tool.locator('html').evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((one) => {
        const style = getComputedStyle(one)
        return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')].some(
          (time) => Number.parseFloat(time) > 0.01,
        )
      })
      .map((one) => `${one.tagName}.${one.className}`),
  )
  expect(slow).toEqual([])
})

test('Where the frame may store nothing, the banner about it is accessible', async ({ enter, school, mode }) => {
  test.skip(mode === 'restricted', 'storage works there')
  const placed = await place(school, 'Nothing stored', { document: smallQuiz(2) })
  const sam = await enter('Sam Student', { viewport: { width: 320, height: 640 } })
  await sam.open(placed.path)
  await new Player(sam.tool).start()
  await expect(sam.tool.getByRole('button', { name: /open in a new tab/i })).toBeVisible()
  await expectGood(sam, 'player: nothing is stored')
})
