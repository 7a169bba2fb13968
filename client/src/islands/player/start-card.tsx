// Before an attempt: what this quiz is, its rules in words, and the button that starts it.
import type { AttemptView, LaunchData, PlayerView } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import type { ReactNode } from 'react'
import { call } from '../../api/call.ts'
import { clockOf } from '../../shell/clock-time.ts'
import { dayAndTime, numeral } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { Rich } from '../../shell/rich.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { lengthInWords } from './length.ts'
import { LookOnly } from './look-only.tsx'
import { t } from './questions/kind.ts'

export function useStart(placementId: string, onStart: (attempt: AttemptView) => void) {
  return useAction(async () => onStart(await call('POST /api/placements/:placementId/attempts', { params: { placementId } })))
}

interface Props {
  readonly launch: LaunchData
  readonly player: PlayerView
  onStart(attempt: AttemptView): void
  /** To the learner's own page of the course; null where there is none. */
  readonly onMine: (() => void) | null
  readonly next: ReactNode
}

export function StartCard({ launch, player, onStart, onMine, next }: Props) {
  const { activity } = player
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const start = useStart(player.placementId, onStart)
  return (
    <main className="cpq-start">
      <h1 ref={heading} tabIndex={-1}>
        {activity.title}
      </h1>
      {player.records ? null : <LookOnly session={launch.session} />}
      {activity.intro ? <Rich html={activity.intro} /> : null}
      <dl className="cpq-facts">
        {factsOf(player).map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {activity.timeLimitSeconds === null ? null : <p className="cpq-hint">{t('start.limitHint')}</p>}
      <ProblemAlert error={start.error} onRetry={() => void start.start()} />
      {player.canStart ? (
        <div className="cp-actions">
          <Button color="primary" interaction={start.pending ? 'disabled' : 'enabled'} onClick={() => void start.start()}>
            {start.pending ? t('start.starting') : t(activity.kind === 'video' ? 'start.goVideo' : 'start.go')}
          </Button>
        </div>
      ) : player.records ? (
        <p>{t(whyClosed(player))}</p>
      ) : null}
      {onMine ? <Mine onMine={onMine} /> : null}
      {next}
    </main>
  )
}

export function Mine({ onMine }: { onMine(): void }) {
  return (
    <p className="cpq-mine">
      <button type="button" className="cpq-link" onClick={onMine}>
        {t('mine')}
      </button>
    </p>
  )
}

function whyClosed({ dates }: PlayerView): 'start.early' | 'start.over' | 'start.closed' {
  if (!dates || dates.open) return 'start.closed'
  return dates.opensAt && Date.parse(dates.opensAt) > Date.now() ? 'start.early' : 'start.over'
}

function factsOf({ activity, attempts, dates }: PlayerView): [name: string, fact: string][] {
  const { attemptsAllowed: allowed, timeLimitSeconds: limit } = activity
  const facts: [string, string][] = [
    [t('start.questions'), numeral(activity.questionCount)],
    [t('start.points'), numeral(activity.maxScore)],
    activity.video
      ? [t('start.length'), clockOf(activity.video.durationSeconds)]
      : [t('start.limit'), limit === null ? t('start.noLimit') : lengthInWords(limit)],
    [t('start.attempts'), attemptsInWords(allowed, attempts.length)],
  ]
  if (activity.video) facts.push([t('start.skipping'), t(`start.skipping.${activity.video.skipping}`)])
  if (dates?.opensAt && Date.parse(dates.opensAt) > Date.now()) facts.push([t('start.opens'), dayAndTime(dates.opensAt)])
  if (dates?.dueAt) facts.push([t('start.due'), dayAndTime(dates.dueAt)])
  if (dates?.closesAt) facts.push([t('start.closes'), dayAndTime(dates.closesAt)])
  if (allowed !== 1) facts.push([t('start.counts'), t(`start.${activity.counting}`)])
  return facts
}

function attemptsInWords(allowed: number | null, used: number): string {
  if (allowed === null) return t('start.attemptsAny')
  return used > 0 ? t('start.used', { used, n: allowed }) : numeral(allowed)
}
