import type { DraftIssue, Question } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { linesOf } from './missing.tsx'

const issue = (questionId: string | null, message: string): DraftIssue => ({ questionId, code: 'x', message }) as DraftIssue

it('What one question lacks stands in one line under its number; the rest in lines of its own', () => {
  const questions = [{ id: 'a' }, { id: 'b' }] as Question[]
  const issues = [
    issue('b', 'Write the question.'),
    issue(null, 'Give a title.'),
    issue('b', 'Mark the right option.'),
    issue('gone', 'Lost.'),
  ]
  expect(linesOf(issues, questions)).toEqual([
    { questionId: 'b', number: 2, message: 'Write the question. Mark the right option.' },
    { questionId: null, number: 0, message: 'Give a title.' },
    { questionId: null, number: 0, message: 'Lost.' },
  ])
})
