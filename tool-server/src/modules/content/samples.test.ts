// The sample quizzes: complete, clean, and between them everything the product can ask.
import { join } from 'node:path'
import { QuestionKind } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { home } from '../../kernel/config.ts'
import { questionsOf, timeLimitOf } from './document-parts.ts'
import { withRichText } from './document-text.ts'
import { issuesOf } from './issues.ts'
import { safeRichText } from './rich-text.ts'
import { samplesRead } from './samples.ts'

const samples = await samplesRead(join(home, 'fixtures/content'))

describe('the samples', () => {
  it('are three, with six to nine questions each', () => {
    expect(samples).toHaveLength(3)
    for (const sample of samples) expect(sample.questionCount).toBeGreaterThanOrEqual(6)
    for (const sample of samples) expect(sample.questionCount).toBeLessThanOrEqual(9)
  })
  it('use every kind at least twice, every scoring and every way to show answers', () => {
    const questions = samples.flatMap((sample) => questionsOf(sample.document))
    for (const kind of QuestionKind.options)
      expect([kind, questions.filter((question) => question.kind === kind).length >= 2]).toEqual([kind, true])
    const scorings = new Set(questions.flatMap((question) => ('scoring' in question ? [question.scoring] : [])))
    expect([...scorings].sort()).toEqual(['all-or-nothing', 'each-option', 'each-right', 'right-minus-wrong'])
    expect(samples.map((sample) => sample.document.settings.attemptsAllowed).sort()).toEqual([1, 2, null])
    expect(samples.filter((sample) => timeLimitOf(sample.document) !== null)).toHaveLength(1)
  })
  it.each(samples.map((sample) => [sample.id, sample] as const))('%s can be published and holds only safe text', (_id, sample) => {
    expect(issuesOf(sample.document)).toEqual([])
    withRichText(sample.document, (html, path) => {
      expect([path, safeRichText(html)]).toEqual([path, html])
      return html
    })
    for (const question of questionsOf(sample.document)) expect(question.topicIds.length).toBeGreaterThan(0)
    for (const question of questionsOf(sample.document)) expect(question.feedback.wrong).not.toBe('')
  })
})
