// The student's player, by what is written on it.
import { expect, type Frame, type FrameLocator, type Locator } from '@playwright/test'
import { clickUntil, scrollAndClick } from './pointer.ts'
import { type How, plain, type Question, type Quiz } from './quizzes.ts'

export class Player {
  readonly tool: FrameLocator | Frame
  constructor(tool: FrameLocator | Frame) {
    this.tool = tool
  }

  get startButton(): Locator {
    return this.tool.getByRole('button', { name: /^(start quiz|try again)/i })
  }

  /** The question on show. */
  get question(): Locator {
    return this.tool.getByRole('region', { name: /^Question \d+ of \d+/ })
  }

  get next(): Locator {
    return this.tool.getByRole('button', { name: 'Next', exact: true })
  }

  get submit(): Locator {
    return this.tool.getByRole('button', { name: /^submit quiz/i })
  }

  get score(): Locator {
    return this.tool.getByText(/[\d.,]+ of [\d.,]+ points/).first()
  }

  /** To the first question. A quiz without a time limit opens on it; else the start button stands first. */
  async start(): Promise<void> {
    await expect(this.question.or(this.startButton).first()).toBeVisible()
    if (await this.startButton.isVisible()) await clickUntil(this.startButton, this.question)
    await expect(this.question).toBeVisible()
  }

  async goTo(number: number): Promise<void> {
    await clickUntil(this.tool.getByRole('button', { name: new RegExp(`^Question ${number},`) }), this.heading(number))
  }

  private heading(number: number): Locator {
    return this.tool.getByRole('heading', { name: new RegExp(`^Question ${number} of`) })
  }

  /** By “Next”. */
  async toNext(): Promise<void> {
    const shown = await this.question.getByRole('heading').first().innerText()
    await scrollAndClick(this.next)
    await this.heading(Number(/^Question (\d+)/.exec(shown)?.[1]) + 1).waitFor()
  }

  /** Which question of the quiz is on show: attempts may be shuffled. */
  async shown(quiz: Quiz): Promise<Question> {
    const text = (await this.question.innerText()).replace(/\s+/g, ' ')
    const found = quiz.document.questions.find((question) => text.includes(plain(question.prompt)))
    if (!found) throw new Error(`no question of the quiz is this one: ${text}`)
    return found
  }

  async answer(question: Question, how: How): Promise<void> {
    const on = this.question
    switch (question.kind) {
      case 'single-choice': {
        const choice = question.choices.find(({ correct }) => correct === (how === 'right'))
        await this.choose('radio', choice?.text ?? '')
        return
      }
      case 'multiple-choice': {
        const right = question.choices.filter(({ correct }) => correct)
        const wrong = question.choices.filter(({ correct }) => !correct)
        for (const choice of { right, partly: right.slice(0, 1), wrong: wrong.slice(0, 1) }[how]) await this.choose('checkbox', choice.text)
        return
      }
      case 'true-false':
        await this.choose('radio', question.correct === (how === 'right') ? 'True' : 'False')
        return
      case 'short-text':
        await on.getByRole('textbox').fill(how === 'right' ? (question.accepted[0]?.text ?? '') : 'something else')
        return
      case 'number':
        await on.getByRole('textbox').fill(String(how === 'right' ? question.value : question.value * 3 + 7))
        return
      case 'ordering': {
        const right = question.items.map(({ text }) => plain(text))
        const [last = '', beforeLast = ''] = right.toReversed()
        await this.putInOrder({ right, partly: [...right.slice(0, -2), last, beforeLast], wrong: [...right.slice(1), right[0] ?? ''] }[how])
        return
      }
      case 'matching':
        for (const [at, pair] of question.pairs.entries()) {
          const other = question.pairs[(at + 1) % question.pairs.length]?.match ?? pair.match
          const isRight = how === 'right' || (how === 'partly' && at > 0)
          await on
            .getByRole('combobox', { name: plain(pair.text), exact: true })
            .selectOption({ label: plain((isRight ? pair.match : other).text) })
        }
    }
  }

  private async choose(role: 'radio' | 'checkbox', text: string): Promise<void> {
    const box = this.question.getByRole(role, { name: plain(text), exact: true })
    // In a frame of another site a click right after a scroll can miss (browser automation, not the product): tried again.
    await expect(async () => box.check({ timeout: 3000 })).toPass({ timeout: 15_000 })
    await expect(box).toBeChecked()
  }

  /** The things of an ordering question from top to bottom, as their buttons name them. */
  async order(): Promise<string[]> {
    const names = await this.question
      .getByRole('button', { name: /^Move up: / })
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''))
    return names.map((name) =>
      name
        .replace(/^Move up: /, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
  }

  private async putInOrder(wanted: readonly string[]): Promise<void> {
    let moved = false
    for (const [place, item] of wanted.entries()) {
      for (let at = (await this.order()).indexOf(item); at > place; at--) {
        await this.question.getByRole('button', { name: `Move up: ${item}`, exact: true }).press('Enter')
        await expect.poll(async () => (await this.order()).indexOf(item)).toBe(at - 1)
        moved = true
      }
    }
    // It already stood so: that has to be said, or it counts as not answered.
    if (!moved) await this.question.getByRole('button', { name: /keep this order/i }).press('Enter')
    expect(await this.order()).toEqual(wanted)
  }

  /** Answers every question in the order of the attempt. */
  async answerAll(quiz: Quiz, how: (question: Question) => How): Promise<void> {
    for (let number = 1; ; number++) {
      await expect(this.heading(number)).toBeVisible()
      const question = await this.shown(quiz)
      await this.answer(question, how(question))
      if (number === quiz.document.questions.length) return
      await this.toNext()
    }
  }

  get result(): Locator {
    return this.tool.getByRole('heading', { name: /your result/i })
  }

  /** To the page that asks once more before handing in. */
  async toConfirm(): Promise<void> {
    await clickUntil(this.submit, this.tool.getByRole('heading', { name: /submit your quiz/i }))
  }

  async handIn(): Promise<void> {
    await this.toConfirm()
    await clickUntil(this.submit, this.result)
  }

  /** Everything given so far is on the server. */
  async saved(): Promise<void> {
    await expect(this.tool.getByText(/^Saved \d/)).toBeVisible()
  }

  get inGradebook(): Locator {
    return this.tool.getByText(/your score is in the gradebook/i)
  }
}
