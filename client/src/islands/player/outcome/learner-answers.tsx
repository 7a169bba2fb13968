// A learner's answers as a teacher reads them: what was given, what would have been right, points per question. Under way: what is saved.
import type { AttemptView, QuestionKind, QuestionOutcome, QuestionView } from '@cuepoint/contracts'
import { Suspense } from 'react'
import { lazy } from '../../../shell/lazy.ts'
import { Rich } from '../../../shell/rich.tsx'
import { type Kind, t } from '../questions/kind.ts'
import { isAnswered, kindOf } from '../questions/kinds.ts'
import { At, Marked, momentOf, Row } from './question-outcomes.tsx'
import '../player.css'
import '../questions/questions.css'
import './outcome.css'

const WatchedFacts = lazy(() => import('../video/outcome/watched-facts.tsx'), 'WatchedFacts')

export function LearnerAnswers({ attempt }: { attempt: AttemptView }) {
  const outcomes = new Map(attempt.outcome?.questions?.map((outcome) => [outcome.questionId, outcome]))
  return (
    <div className="cpq-outcomes">
      {attempt.video ? (
        <Suspense>
          <WatchedFacts attempt={attempt} theirs />
        </Suspense>
      ) : null}
      <ol>
        {attempt.questions.map((question, index) => (
          <li key={question.id}>
            <One attempt={attempt} question={question} outcome={outcomes.get(question.id) ?? null} number={index + 1} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function One(props: { attempt: AttemptView; question: QuestionView; outcome: QuestionOutcome | null; number: number }) {
  const { attempt, question, outcome, number } = props
  const at = momentOf(attempt, question.id)
  const { Given } = kindOf(question.kind) as Kind<QuestionKind>
  const given = attempt.answers.find(({ questionId }) => questionId === question.id)?.value
  return (
    <article className={`cpq-one${outcome ? ` cpq-one-${outcome.verdict}` : ''}`}>
      <header>
        <h4>
          {t('question', { number, n: attempt.questions.length })} {at === null ? null : <At seconds={at} />}
        </h4>
        {outcome && <Marked outcome={outcome} />}
      </header>
      <Rich html={question.prompt} className="cpq-prompt" />
      <dl>
        <Row name={t('answers.given')}>
          {given && isAnswered(question, given) ? <Given question={question} value={given} /> : <p>{t('outcome.none')}</p>}
        </Row>
        {outcome && outcome.verdict !== 'right' ? (
          <Row name={t('outcome.right')}>
            {outcome.keyInWords === null ? <Given question={question} value={outcome.key} /> : <p>{outcome.keyInWords}</p>}
          </Row>
        ) : null}
      </dl>
    </article>
  )
}
