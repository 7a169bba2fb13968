// The quiz editor, by what is written on it.
import { expect, type FrameLocator, type Locator } from '@playwright/test'
import { scrollAndClick, tick } from './pointer.ts'
import type { Question } from './quizzes.ts'

const kindNames: Record<Question['kind'], string> = {
  'single-choice': 'Single choice',
  'multiple-choice': 'Multiple choice',
  'true-false': 'True or false',
  'short-text': 'Short text',
  number: 'Number',
  ordering: 'Ordering',
  matching: 'Matching',
}

export class Author {
  readonly tool: FrameLocator
  constructor(tool: FrameLocator) {
    this.tool = tool
  }

  async publish(): Promise<void> {
    await scrollAndClick(this.tool.getByRole('button', { name: /^publish$/i }))
  }

  get addQuestion(): Locator {
    return this.tool.getByRole('button', { name: /^add a question$/i })
  }

  /** Adds a question of a kind; its editor is then open and its prompt has the focus. */
  async add(kind: Question['kind']): Promise<void> {
    // Each choice says its kind in bold, then what it is for; other buttons of the page begin with the same words.
    const choice = this.tool.getByRole('button').filter({ has: this.tool.locator('strong').getByText(kindNames[kind], { exact: true }) })
    if (!(await choice.isVisible())) await scrollAndClick(this.addQuestion)
    await scrollAndClick(choice)
    await expect(this.prompt).toBeFocused()
  }

  /** The prompt of the open question. */
  get prompt(): Locator {
    return this.tool.getByRole('textbox', { name: /^(question|statement)$/i })
  }

  private box(name: string): Locator {
    return this.tool.getByRole('textbox', { name, exact: true })
  }

  /** Makes the question as it stands here, in a new editor at the end of the list. */
  async write(question: Question): Promise<void> {
    await this.add(question.kind)
    await this.prompt.fill(question.prompt)
    switch (question.kind) {
      case 'single-choice':
      case 'multiple-choice': {
        const role = question.kind === 'single-choice' ? 'radio' : 'checkbox'
        for (const [at, choice] of question.choices.entries()) {
          const name = `Option ${at + 1}`
          if (!(await this.box(name).isVisible())) await scrollAndClick(this.tool.getByRole('button', { name: /^add an option$/i }))
          await this.box(name).fill(choice.text)
          if (choice.correct) await tick(this.tool.getByRole(role, { name: new RegExp(`^Right ?: ${name}$`) }))
        }
        await this.dropRowsAfter('Option', question.choices.length)
        break
      }
      case 'true-false':
        await tick(this.tool.getByRole('radio', { name: question.correct ? 'True' : 'False', exact: true }))
        break
      case 'short-text':
        for (const [at, one] of question.accepted.entries()) {
          const name = `Accepted answer ${at + 1}`
          if (!(await this.box(name).isVisible()))
            await scrollAndClick(this.tool.getByRole('button', { name: /^add another accepted answer$/i }))
          await this.box(name).fill(one.text)
        }
        break
      case 'number':
        await this.tool.getByRole('textbox', { name: /^right answer/i }).fill(String(question.value))
        await this.tool.getByRole('textbox', { name: /^unit/i }).fill(question.unit)
        if (question.tolerance.kind === 'relative') await tick(this.tool.getByRole('radio', { name: /percentage/i }))
        await this.tool
          .getByRole('textbox', { name: /^(distance|percentage)/i })
          .fill(String(question.tolerance.amount * (question.tolerance.kind === 'relative' ? 100 : 1)))
        break
      case 'ordering':
        for (const [at, item] of question.items.entries()) {
          const name = `Item ${at + 1}`
          if (!(await this.box(name).isVisible())) await scrollAndClick(this.tool.getByRole('button', { name: /^add an item$/i }))
          await this.box(name).fill(item.text)
        }
        break
      case 'matching':
        for (const [at, pair] of question.pairs.entries()) {
          const given = `Pair ${at + 1}: given`
          if (!(await this.box(given).isVisible())) await scrollAndClick(this.tool.getByRole('button', { name: /^add a pair$/i }))
          await this.box(given).fill(pair.text)
          await this.box(`Pair ${at + 1}: belongs to it`).fill(pair.match.text)
        }
        for (const [at, extra] of question.distractors.entries()) {
          await scrollAndClick(this.tool.getByRole('button', { name: /^add a false match$/i }))
          await this.box(`False match ${at + 1}`).fill(extra.text)
        }
    }
    await this.tool.getByRole('textbox', { name: /^points/i }).fill(String(question.points))
  }

  /** A new question comes with a few empty rows. */
  private async dropRowsAfter(name: string, count: number): Promise<void> {
    while (await this.box(`${name} ${count + 1}`).isVisible())
      await this.tool.getByRole('button', { name: `Delete: ${name} ${count + 1}`, exact: true }).press('Enter')
  }

  async saved(): Promise<void> {
    await expect(
      this.tool
        .getByText(/^Saved /)
        .filter({ visible: true })
        .first(),
    ).toBeVisible()
  }
}
