// What an attempt has to say besides its questions: storage refused, an answer not taken, the session or the attempt ended underneath.
import type { AttemptView, LaunchData } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { SavedAnswers, SavedState } from '../../api/saved.ts'
import { openInNewTab } from '../../shell/hand-over.ts'
import { heldLaunch } from '../../shell/launch.ts'
import { clockTime, listing } from '../../shell/locale.ts'
import { Notice } from '../../shell/notice.tsx'
import { isSessionOver, ProblemAlert } from '../../shell/problem.tsx'
import { teaches } from '../../shell/teaches.ts'
import { useAction } from '../../shell/use-action.ts'
import { t } from './questions/kind.ts'

interface BannersProps {
  launch: LaunchData
  attempt: AttemptView
  answers: SavedAnswers
  saved: SavedState
  /** The learner has read what stands here for good, and is at work. */
  atWork?: boolean
  onSubmitted(attempt: AttemptView): void
  onElsewhere(): void
}

export function Banners(props: BannersProps) {
  const { attempt, saved } = props
  const refused = attempt.questions.flatMap(({ id }, index) => (saved.refused.has(id) ? [String(index + 1)] : []))
  return (
    <>
      {saved.problem ? <Ended {...props} /> : null}
      {saved.durable === false && !saved.problem && !props.atWork && !teaches(props.launch.session) ? <Frail {...props} /> : null}
      {refused.length > 0 ? (
        <Notice kind="warning" role="alert" title={t('save.refusedTitle')}>
          <p>{t('save.refused', { list: listing(refused) })}</p>
        </Notice>
      ) : null}
    </>
  )
}

/** Third-party frame whose storage is blocked. */
function Frail({ answers, onElsewhere }: BannersProps) {
  const [blocked, setBlocked] = useState(false)
  const open = async () => {
    const held = heldLaunch()
    if (held && (await openInNewTab(held, answers.flush))) onElsewhere()
    else setBlocked(true)
  }
  return (
    <Notice kind="info" actions={<Button onClick={() => void open()}>{t('frail.open')}</Button>}>
      <p>{t('frail.words')}</p>
      {blocked ? <p role="alert">{t('frail.blocked')}</p> : null}
    </Notice>
  )
}

function Ended({ launch, attempt, saved, onSubmitted }: BannersProps) {
  const look = useAction(async () => onSubmitted(await call('GET /api/attempts/:attemptId', { params: { attemptId: attempt.id } })))
  const { returnUrl } = launch.session.platform
  if (saved.problem?.code === 'attempt_closed') {
    return (
      <Notice
        kind="warning"
        role="alert"
        title={t('closed.title')}
        actions={<Button onClick={() => void look.start()}>{t('closed.result')}</Button>}
      >
        <p>{t('closed.words')}</p>
        <ProblemAlert error={look.error} />
      </Notice>
    )
  }
  if (!isSessionOver(saved.problem)) return <ProblemAlert error={saved.problem} />
  const since = clockTime(saved.savedAt ?? attempt.startedAt)
  return (
    <Notice
      kind="warning"
      role="alert"
      title={t('over.title')}
      actions={
        returnUrl ? (
          <Button href={returnUrl} target="_top">
            {t('backToCourse')}
          </Button>
        ) : null
      }
    >
      <p>{saved.durable === false ? t('over.frail', { time: since }) : t('over.kept')}</p>
    </Notice>
  )
}
