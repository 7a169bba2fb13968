// After handing in: the score, how far it has come on its way to the gradebook, and the answers where they may be shown.
import type { AttemptView, LaunchData, PlayerView } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Suspense, useState } from 'react'
import { lazy } from '../../../shell/lazy.ts'
import { dayAndTime, numeral, percent } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useFocusOnShow } from '../../../shell/use-focus.ts'
import { LookOnly } from '../look-only.tsx'
import { Next } from '../next/next.tsx'
import { t } from '../questions/kind.ts'
import { Mine, useStart } from '../start-card.tsx'
import type { Moment } from '../video/outcome/video-outcome.tsx'
import { AttemptsList } from './attempts-list.tsx'
import { GradeLight } from './grade-light.tsx'
import { QuestionOutcomes } from './question-outcomes.tsx'
import { useFreshPlayer } from './use-fresh-player.ts'
import { useShownAttempt } from './use-shown-attempt.ts'
import './outcome.css'

const VideoOutcome = lazy(() => import('../video/outcome/video-outcome.tsx'), 'VideoOutcome')

export function OutcomePage(props: {
  launch: LaunchData
  player: PlayerView
  /** The attempt just handed in; null when the page opens on finished work. */
  attempt: AttemptView | null
  onPlayer(player: PlayerView): void
  onStart(attempt: AttemptView): void
  readonly onMine: (() => void) | null
}) {
  const { launch, player, onPlayer, onStart, onMine } = props
  const slow = useFreshPlayer(player, props.attempt !== null, onPlayer)
  const { shown, show } = useShownAttempt(player, props.attempt)
  const start = useStart(player.placementId, onStart)
  const { returnUrl, name } = launch.session.platform
  const heading = useFocusOnShow<HTMLHeadingElement>(shown?.id)
  const outcome = shown?.outcome
  const [moment, setMoment] = useState<Moment | null>(null)
  const goTo = (wish: Omit<Moment, 'times'>) => setMoment((before) => ({ ...wish, times: (before?.times ?? 0) + 1 }))
  return (
    <main className="cpq-outcome">
      <h1 ref={heading} tabIndex={-1}>
        {player.activity.title}
      </h1>
      {player.records ? null : <LookOnly session={launch.session} />}
      <section className="cpq-score" aria-labelledby="cpq-score-title">
        <h2 id="cpq-score-title">{t('outcome.heading')}</h2>
        {shown && outcome ? (
          <>
            <p className="cpq-score-number">
              <strong>{t('outcome.score', { score: numeral(outcome.score), max: numeral(outcome.maxScore) })}</strong>
              {outcome.maxScore > 0 ? <span> {percent(outcome.score / outcome.maxScore)}</span> : null}
            </p>
            <p className="cpq-hint">{t('outcome.handedIn', { number: shown.number, time: dayAndTime(outcome.submittedAt) })}</p>
            {outcome.timeUp ? <p>{t('outcome.timeUp')}</p> : null}
          </>
        ) : (
          <p className="cp-loading">{t('loading')}</p>
        )}
        {player.practice ? <p>{t('outcome.tryOut')}</p> : null}
        <WhatCounts player={player} />
        {player.records && !player.practice ? (
          <GradeLight
            placementId={player.placementId}
            result={player.result}
            platform={name}
            slow={slow}
            fresh={props.attempt !== null}
            onPlayer={onPlayer}
          />
        ) : null}
        <ProblemAlert error={show.error} />
        <ProblemAlert error={start.error} onRetry={() => void start.start()} />
        <div className="cp-actions">
          {player.canStart ? (
            <Button color="primary" interaction={start.pending ? 'disabled' : 'enabled'} onClick={() => void start.start()}>
              {start.pending ? t('start.starting') : t('start.again')}
            </Button>
          ) : null}
          {returnUrl ? (
            <Button href={returnUrl} target="_top">
              {t('backToCourse')}
            </Button>
          ) : null}
        </div>
        {onMine ? <Mine onMine={onMine} /> : null}
      </section>
      {onMine ? (
        <Next
          placementId={player.placementId}
          activityId={player.activity.id}
          waits={props.attempt !== null}
          {...(shown?.video
            ? { onSpan: ({ fromSeconds, toSeconds, onPlayed }) => goTo({ at: fromSeconds, until: toSeconds, onPlayed }) }
            : {})}
        />
      ) : null}
      <AttemptsList player={player} shownId={shown?.id ?? null} show={(id) => void show.start(id)} />
      {shown?.video ? (
        <Suspense fallback={<p className="cp-loading">{t('loading')}</p>}>
          <VideoOutcome attempt={shown} moment={moment} />
        </Suspense>
      ) : null}
      {shown && shown.questions.length > 0 ? <QuestionOutcomes attempt={shown} player={player} onMoment={(at) => goTo({ at })} /> : null}
    </main>
  )
}

function WhatCounts({ player }: { player: PlayerView }) {
  const { activity, result, attempts, canStart } = player
  if (result?.override) {
    const { comment } = result.override
    return (
      <>
        <p>
          <strong>{t('outcome.set', { score: numeral(result.score), max: numeral(result.maxScore) })}</strong>
        </p>
        {comment ? <p>{t('outcome.comment', { comment })}</p> : null}
      </>
    )
  }
  if (activity.attemptsAllowed === 1) return null
  const handedIn = attempts.filter(({ state }) => state === 'submitted').length
  const left = activity.attemptsAllowed === null ? null : activity.attemptsAllowed - attempts.length
  return (
    <>
      {result && handedIn > 1 ? (
        <p>{t(`outcome.counts.${activity.counting}`, { score: numeral(result.score), max: numeral(result.maxScore) })}</p>
      ) : null}
      {left !== null && left > 0 && canStart ? <p>{t('outcome.left', { n: left })}</p> : null}
      {left !== null && left <= 0 ? <p>{t('outcome.noneLeft')}</p> : null}
    </>
  )
}
