// The answer to a short text question, for tests.
import type { AnswerValue } from '@cuepoint/contracts'

export function textAnswer(
  questionId: string,
  text: string,
  seq = 1,
): { questionId: string; seq: number; value: Extract<AnswerValue, { kind: 'short-text' }> } {
  return { questionId, seq, value: { kind: 'short-text', text } }
}
