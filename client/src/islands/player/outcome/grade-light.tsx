// How far the score has come on its way to the LMS: in words, with a mark; colour only underlines it.
import type { PlayerView, Result } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { call } from '../../../api/call.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from '../questions/kind.ts'

const marks = {
  waiting: 'M12 3a9 9 0 100 18 9 9 0 000-18zm0 2a7 7 0 110 14 7 7 0 010-14zm-1 2.5h2v4.1l3 3-1.4 1.4-3.6-3.6z',
  accepted: 'M4 12l2-2 4 4 8-8 2 2-10 10z',
  refused: 'M11 4h2v10h-2zM11 17h2v3h-2z',
}

/** A worker needs a moment; what it was told then stands on the page. */
const settleMs = 3000

function SendAgain({ placementId, onPlayer }: { placementId: string; onPlayer(player: PlayerView): void }) {
  const sending = useAction(async () => {
    const params = { placementId }
    await call('POST /api/placements/:placementId/scores/mine/resend', { params })
    await new Promise((later) => setTimeout(later, settleMs))
    onPlayer(await call('GET /api/placements/:placementId/player', { params }))
  })
  return (
    <>
      <Button size="small" interaction={sending.pending ? 'disabled' : 'enabled'} onClick={() => void sending.start()}>
        {sending.pending ? t('sync.sending') : t('sync.sendAgain')}
      </Button>
      <ProblemAlert error={sending.error} onRetry={() => void sending.start()} />
    </>
  )
}

interface Props {
  readonly placementId: string
  readonly result: Result | null
  readonly platform: string
  readonly slow: boolean
  /** Just handed in; then the line has its room before it is known whether there is anything to say. */
  readonly fresh: boolean
  onPlayer(player: PlayerView): void
}

export function GradeLight(props: Props) {
  const { result, platform, slow, fresh } = props
  const known = result?.sync.state ?? 'none'
  if (known === 'none' && !fresh) return null
  const state = known === 'none' ? 'waiting' : known
  const reason = result?.sync.reason?.replace(/\.$/, '')
  return (
    <div className={`cpq-light cpq-light-${state}`} style={{ visibility: known === 'none' ? 'hidden' : 'visible' }} role="status">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d={marks[state]} fill="currentColor" />
      </svg>
      <div>
        <p>{t(state === 'waiting' && slow ? 'sync.slow' : `sync.${state}`, { platform })}</p>
        {state === 'refused' ? (
          <p>
            {reason ? `${t('sync.refusedReason', { reason })} ` : ''}
            {t('sync.refusedDo')}
          </p>
        ) : null}
        {state === 'refused' ? <SendAgain placementId={props.placementId} onPlayer={props.onPlayer} /> : null}
      </div>
    </div>
  )
}
