// One open attempt: its questions one by one, what is saved, the way to hand it in.
import type { AttemptView, LaunchData } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import type { Keep } from '../../api/keep.ts'
import { Notice } from '../../shell/notice.tsx'
import { Rich } from '../../shell/rich.tsx'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Banners } from './banners.tsx'
import { Confirm } from './confirm.tsx'
import { Countdown } from './countdown.tsx'
import { lengthInWords } from './length.ts'
import { LookOnly } from './look-only.tsx'
import { QuestionList } from './question-list.tsx'
import { QuestionPage } from './question-page.tsx'
import { t } from './questions/kind.ts'
import { isAnswered, isBegun } from './questions/kinds.ts'
import { SaveState } from './save-state.tsx'
import { Steps } from './steps.tsx'
import { useAnswers } from './use-answers.ts'
import { useClock } from './use-clock.ts'
import { useQuestionsShown } from './use-questions-shown.ts'

export function AttemptPage(props: {
  launch: LaunchData
  attempt: AttemptView
  records: boolean
  practice: boolean
  keep: Promise<Keep>
  onSubmitted(attempt: AttemptView): void
  onElsewhere(): void
}) {
  const { launch, attempt, records, onSubmitted } = props
  const { questions } = attempt
  const { answers, saved } = useAnswers(attempt, records, props.keep)
  const [at, setAt] = useState(0)
  const [confirming, setConfirming] = useState(false)
  const [timeUp, setTimeUp] = useState(false)
  const [moves, setMoves] = useState(0)
  const heading = useFocusOnShow<HTMLHeadingElement>()

  const [moved, setMoved] = useState<string | null>(null)
  const clock = useClock(attempt, records, (seconds) =>
    setMoved(seconds > 0 ? t('time.more', { length: lengthInWords(seconds) }) : t('time.moved')),
  )

  const { submitted } = saved
  useEffect(() => {
    if (submitted) onSubmitted(submitted)
  }, [submitted, onSubmitted])

  const unanswered = questions.flatMap((question, index) => (isAnswered(question, saved.values.get(question.id)) ? [] : [index]))
  const begun = new Set(unanswered.filter((index) => questions[index] && isBegun(saved.values.get(questions[index].id))))
  const goTo = (index: number) => {
    setAt(index)
    setConfirming(false)
    setMoves((before) => before + 1)
  }
  const handIn = () => {
    answers.submit()
    setConfirming(true)
  }
  const question = questions[at]
  const changed = useQuestionsShown(attempt, records, confirming ? null : (question?.id ?? null))
  const locked =
    launch.session.role === 'viewer' || saved.submit !== 'no' || timeUp || (saved.problem !== null && saved.problem.status !== 401)

  return (
    <main className="cpq">
      <header className="cpq-head">
        <h1 ref={heading} tabIndex={-1}>
          {attempt.title}
        </h1>
        {clock.deadlineAt === null ? null : (
          <Countdown
            deadlineAt={clock.deadlineAt}
            serverNow={clock.serverNow}
            onEnd={() => {
              setTimeUp(true)
              if (records) handIn()
            }}
          />
        )}
      </header>
      {records ? (
        <SaveState saved={saved} answered={questions.length - unanswered.length} count={questions.length} tryOut={props.practice} />
      ) : (
        <LookOnly session={launch.session} />
      )}
      <Banners {...props} answers={answers} saved={saved} atWork={moves > 0 || confirming} />
      {moved && !timeUp ? (
        <Notice kind="info" role="status">
          <p>{moved}</p>
        </Notice>
      ) : null}
      {timeUp ? <Notice kind="info" title={t('time.up')} role="alert" /> : null}
      {attempt.intro && at === 0 && !confirming ? <Rich html={attempt.intro} className="cpq-intro" /> : null}
      <div className="cpq-body">
        <div className="cpq-main">
          {confirming ? (
            <Confirm
              saved={saved}
              count={questions.length}
              unanswered={unanswered}
              begun={begun}
              goTo={goTo}
              back={() => goTo(at)}
              handIn={handIn}
            />
          ) : question ? (
            <>
              <QuestionPage
                key={question.id}
                question={question}
                number={at + 1}
                count={questions.length}
                value={saved.values.get(question.id)}
                give={(value, manner) => {
                  answers.give(question.id, value, manner)
                  changed(question.id)
                }}
                locked={locked}
                focus={moves > 0}
              />
              <Steps at={at} count={questions.length} goTo={goTo} finish={records ? () => setConfirming(true) : null} />
            </>
          ) : null}
        </div>
        <QuestionList
          questions={questions}
          unanswered={new Set(unanswered)}
          refused={saved.refused}
          at={confirming ? null : at}
          goTo={goTo}
          locked={saved.submit !== 'no'}
        />
      </div>
    </main>
  )
}
