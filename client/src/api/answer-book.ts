// What has been answered in one attempt, here and on the server, and which of it the server still lacks. Knows no network.
import type { Answer, AnswerValue } from '@cuepoint/contracts'

export interface AnswerBook {
  values(): ReadonlyMap<string, AnswerValue>
  all(): Answer[]
  /** What the server lacks. */
  pending(): Answer[]
  give(questionId: string, value: AnswerValue): Answer
  /** Takes over answers with a higher `seq`; returns how many were news. */
  merge(answers: readonly Answer[], from: 'server' | 'browser'): number
  /** The server holds these now. True when it holds a newer answer than this page (another tab or device). */
  confirm(saved: readonly { questionId: string; seq: number }[]): boolean
  /** The server will not have this one. */
  refuse(questionId: string): void
}

export function answerBook(): AnswerBook {
  const here = new Map<string, Answer>()
  const there = new Map<string, number>()
  let values: ReadonlyMap<string, AnswerValue> = new Map()
  const refresh = () => {
    values = new Map([...here.values()].map((answer) => [answer.questionId, answer.value]))
  }
  const note = (questionId: string, seq: number) => there.set(questionId, Math.max(seq, there.get(questionId) ?? -1))
  return {
    values: () => values,
    all: () => [...here.values()],
    pending: () => [...here.values()].filter((answer) => answer.seq > (there.get(answer.questionId) ?? -1)),
    give(questionId, value) {
      // Time-based, so that it also rises from one device to the next.
      const seq = Math.max((here.get(questionId)?.seq ?? -1) + 1, Date.now())
      const answer = { questionId, seq, value }
      here.set(questionId, answer)
      refresh()
      return answer
    },
    merge(answers, from) {
      let news = 0
      for (const answer of answers) {
        if (from === 'server') note(answer.questionId, answer.seq)
        if (answer.seq <= (here.get(answer.questionId)?.seq ?? -1)) continue
        here.set(answer.questionId, answer)
        news += 1
      }
      if (news > 0) refresh()
      return news
    },
    confirm(saved) {
      let newer = false
      for (const { questionId, seq } of saved) {
        note(questionId, seq)
        newer ||= seq > (here.get(questionId)?.seq ?? -1)
      }
      return newer
    },
    refuse(questionId) {
      note(questionId, here.get(questionId)?.seq ?? 0)
    },
  }
}
