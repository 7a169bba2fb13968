// The student's player: which of its pages shows, from the start card over an attempt to its result.
import type { AttemptView, LaunchData, PlayerView } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { openKeep } from '../../api/keep.ts'
import { ahead } from '../../shell/ahead.ts'
import { dressed } from '../../shell/dressed.tsx'
import { lazy } from '../../shell/lazy.ts'
import { ProblemPage } from '../../shell/problem.tsx'
import { teaches } from '../../shell/teaches.ts'
import { AttemptPage } from './attempt-page.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { t } from './questions/kind.ts'
import { StartCard } from './start-card.tsx'
import './player.css'
import './questions/questions.css'

// Opened once, before the first paint, so that it is ready when the first answer is given.
const keep = openKeep()

const fetchOutcome = () => import('./outcome/outcome-page.tsx')
const OutcomePage = lazy(fetchOutcome, 'OutcomePage')
/** A video that was started here; a launch that opens on one comes by its own door (video/index.tsx). */
const VideoAttempt = lazy(() => import('./video/stage.tsx'), 'VideoAttempt')
const MyActivities = lazy(() => import('./next/my-activities.tsx'), 'MyActivities')
const fetchNext = () => import('./next/next.tsx')

type Stage =
  | { is: 'start' }
  | { is: 'attempt'; attempt: AttemptView }
  | { is: 'outcome'; attempt: AttemptView | null }
  | { is: 'elsewhere' }
  | { is: 'mine'; before: Stage }

export const Island = dressed(PlayerIsland)

function PlayerIsland({ launch }: { launch: LaunchData }) {
  const [player, setPlayer] = useState(launch.player)
  const [problem, setProblem] = useState<unknown>(null)
  const placementId = launch.session.placement?.id
  const tryOut = teaches(launch.session)
  useEffect(() => {
    if (player || !placementId) return
    playerFor(placementId, tryOut).then(setPlayer, setProblem)
  }, [player, placementId, tryOut])
  if (problem) return <ProblemPage error={problem} />
  return player ? <Player launch={launch} first={player} /> : <p className="cp-loading">{t('opening')}</p>
}

/** Who tries the quiz out meets what a learner's launch brings: without a time limit the first question, at once. */
async function playerFor(placementId: string, tryOut: boolean): Promise<PlayerView> {
  const params = { placementId }
  const player = await call('GET /api/placements/:placementId/player', { params })
  const atOnce = tryOut && player.canStart && player.attempts.length === 0 && player.activity.timeLimitSeconds === null
  if (!atOnce) return player
  return { ...player, current: await call('POST /api/placements/:placementId/attempts', { params }), canStart: false }
}

function Player({ launch, first }: { launch: LaunchData; first: PlayerView }) {
  const [player, setPlayer] = useState(first)
  const [stage, setStage] = useState<Stage>(() => stageOf(first))
  const [part, setPart] = useState<Awaited<ReturnType<typeof fetchNext>> | null>(null)
  const begin = (attempt: AttemptView) => setStage({ is: 'attempt', attempt })
  const own = player.records && !player.practice
  // While the learner works, so that it is there when they hand in.
  useEffect(() => ahead(() => Promise.all([fetchOutcome(), fetchNext().then(setPart)]), 2500), [])
  if (stage.is === 'elsewhere') return <Elsewhere />
  const mine = own ? () => setStage({ is: 'mine', before: stage }) : null
  if (stage.is === 'mine') return <MyActivities launch={launch} title={player.activity.title} onBack={() => setStage(stage.before)} />
  // At the start of a launch, below what it was opened for; nobody who works against a clock is told to go elsewhere.
  const next = own && part ? <part.Next placementId={player.placementId} activityId={player.activity.id} /> : null
  if (stage.is === 'attempt') {
    const Attempt = stage.attempt.video ? VideoAttempt : AttemptPage
    return (
      <>
        <Attempt
          key={stage.attempt.id}
          launch={launch}
          attempt={stage.attempt}
          records={player.records}
          practice={player.practice}
          keep={keep}
          onSubmitted={(attempt) => setStage({ is: 'outcome', attempt })}
          onElsewhere={() => setStage({ is: 'elsewhere' })}
        />
        {stage.attempt.id === first.current?.id && stage.attempt.deadlineAt === null ? next : null}
      </>
    )
  }
  if (stage.is === 'start') return <StartCard launch={launch} player={player} onStart={begin} onMine={mine} next={next} />
  return <OutcomePage launch={launch} player={player} attempt={stage.attempt} onPlayer={setPlayer} onStart={begin} onMine={mine} />
}

function stageOf(player: PlayerView): Stage {
  const { current } = player
  if (current?.state === 'open') return { is: 'attempt', attempt: current }
  if (current?.outcome) return { is: 'outcome', attempt: current }
  return player.attempts.some(({ state }) => state === 'submitted') ? { is: 'outcome', attempt: null } : { is: 'start' }
}
