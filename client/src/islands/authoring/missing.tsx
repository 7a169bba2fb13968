// What is missing before the quiz can be published; each line leads to where it is mended.
import type { DraftIssue, Question } from '@cuepoint/contracts'
import { Link } from '@instructure/ui-link'
import { Notice } from '../../shell/notice.tsx'
import { t } from './words.ts'

interface Props {
  readonly issues: readonly DraftIssue[]
  readonly questions: readonly Question[]
  /** Publishing was tried: say it louder. */
  readonly refused: boolean
  onGo(questionId: string): void
}

export function Missing({ issues, questions, refused, onGo }: Props) {
  if (issues.length === 0) return null
  const lines = linesOf(issues, questions)
  return (
    <div id="au-missing" tabIndex={-1}>
      <Notice kind={refused ? 'danger' : 'info'} title={t(refused ? 'missingRefused' : 'missing', { n: issues.length })}>
        <ul className="au-missing">
          {lines.map(({ questionId, message, number }) => (
            <li key={`${questionId} ${message}`}>
              {questionId !== null ? (
                <>
                  <Link as="button" isWithinText={false} onClick={() => onGo(questionId)}>
                    {t('question', { number })}
                  </Link>
                  : {message}
                </>
              ) : (
                message
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

/** One line for each question, however much it lacks: its link is read once. What belongs to no question here has a line of its own. */
export function linesOf(
  issues: readonly DraftIssue[],
  questions: readonly Question[],
): { questionId: string | null; number: number; message: string }[] {
  const lines: ReturnType<typeof linesOf> = []
  for (const { questionId, message } of issues) {
    const number = questions.findIndex((one) => one.id === questionId) + 1
    const line = number > 0 ? lines.find((it) => it.questionId === questionId) : undefined
    if (line) line.message += ` ${message}`
    else lines.push({ questionId: number > 0 ? questionId : null, number, message })
  }
  return lines
}
