// Question by question: how right it was, what was answered, what would have been right, and why. Or, in words, why that is not shown.
import type { AttemptView, PlayerView, QuestionKind, QuestionOutcome, QuestionView, Verdict } from '@cuepoint/contracts'
import type { ReactNode } from 'react'
import { clockOf } from '../../../shell/clock-time.ts'
import { numeral } from '../../../shell/locale.ts'
import { Notice } from '../../../shell/notice.tsx'
import { Rich } from '../../../shell/rich.tsx'
import { type Kind, t } from '../questions/kind.ts'
import { isAnswered, kindOf } from '../questions/kinds.ts'

/** `onMoment`: shows the video from there. */
export function QuestionOutcomes({ attempt, player, onMoment }: { attempt: AttemptView; player: PlayerView; onMoment(at: number): void }) {
  const outcomes = attempt.outcome?.questions
  if (!outcomes) {
    return (
      <Notice kind="info">
        <p>{t(player.activity.showAnswers === 'after-last-attempt' ? 'outcome.afterLast' : 'outcome.never')}</p>
      </Notice>
    )
  }
  return (
    <section className="cpq-outcomes" aria-labelledby="cpq-outcomes-title">
      <h2 id="cpq-outcomes-title">{t('outcome.answers')}</h2>
      <ol>
        {attempt.questions.map((question, index) => {
          const outcome = outcomes.find(({ questionId }) => questionId === question.id)
          return outcome ? (
            <li key={question.id}>
              <OneOutcome attempt={attempt} question={question} outcome={outcome} number={index + 1} onMoment={onMoment} />
            </li>
          ) : null
        })}
      </ol>
    </section>
  )
}

function OneOutcome(props: {
  attempt: AttemptView
  question: QuestionView
  outcome: QuestionOutcome
  number: number
  onMoment(at: number): void
}) {
  const { attempt, question, outcome, number, onMoment } = props
  const at = momentOf(attempt, question.id)
  const { Given } = kindOf(question.kind) as Kind<QuestionKind>
  const given = attempt.answers.find(({ questionId }) => questionId === question.id)?.value
  const { key, keyInWords, verdict } = outcome
  return (
    <article className={`cpq-one cpq-one-${verdict}`}>
      <header>
        <h3>
          {t('question', { number, n: attempt.questions.length })} {at === null ? null : <At seconds={at} />}
        </h3>
        <Marked outcome={outcome} />
      </header>
      {at === null || !attempt.video?.playback ? null : (
        <button type="button" className="cpq-link" onClick={() => onMoment(Math.max(0, at - 10))}>
          {t('outcome.replay', { time: clockOf(Math.max(0, at - 10)) })}
        </button>
      )}
      <Rich html={question.prompt} className="cpq-prompt" />
      <dl>
        <Row name={t('outcome.yours')}>
          {given && verdict !== 'unanswered' ? <Given question={question} value={given} /> : <p>{t('outcome.none')}</p>}
        </Row>
        {verdict === 'right' ? null : (
          <Row name={t('outcome.right')}>
            {keyInWords === null ? isAnswered(question, key) ? <Given question={question} value={key} /> : null : <p>{keyInWords}</p>}
          </Row>
        )}
        {outcome.feedback.length > 0 ? (
          <Row name={t('outcome.feedback')}>
            {outcome.feedback.map((text) => (
              <Rich key={text} html={text} />
            ))}
          </Row>
        ) : null}
      </dl>
    </article>
  )
}

/** When in the video a question stands; null: in a quiz. */
export function momentOf({ video }: AttemptView, questionId: string): number | null {
  return video?.cues.find((cue) => cue.questionId === questionId)?.atSeconds ?? null
}

export function At({ seconds }: { seconds: number }) {
  return <span className="cpq-points">{t('outcome.at', { time: clockOf(seconds) })}</span>
}

/** Verdict and points. */
export function Marked({ outcome: { verdict, score, maxScore } }: { outcome: QuestionOutcome }) {
  return (
    <>
      <VerdictMark verdict={verdict} />
      <span className="cpq-points">{t('outcome.points', { score: numeral(score), max: numeral(maxScore) })}</span>
    </>
  )
}

export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const marks: Record<Verdict, string> = {
  right: 'M4 12l2-2 4 4 8-8 2 2-10 10z',
  partly: 'M5 11h14v2H5z',
  wrong: 'M6 7.4L7.4 6 12 10.6 16.6 6 18 7.4 13.4 12l4.6 4.6-1.4 1.4-4.6-4.6L7.4 18 6 16.6 10.6 12z',
  unanswered: 'M12 5a7 7 0 100 14 7 7 0 000-14zm0 2a5 5 0 110 10 5 5 0 010-10z',
}

function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`cpq-verdict cpq-verdict-${verdict}`}>
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path d={marks[verdict]} fill="currentColor" />
      </svg>
      {t(`verdict.${verdict}`)}
    </span>
  )
}
