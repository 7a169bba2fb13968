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
  const lines = issues.map((issue) => ({ ...issue, number: questions.findIndex((one) => one.id === issue.questionId) + 1 }))
  return (
    <div id="au-missing" tabIndex={-1}>
      <Notice kind={refused ? 'danger' : 'info'} title={t(refused ? 'missingRefused' : 'missing', { n: issues.length })}>
        <ul className="au-missing">
          {lines.map(({ questionId, code, message, number }) => (
            <li key={`${questionId} ${code} ${message}`}>
              {questionId !== null && number > 0 ? (
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
