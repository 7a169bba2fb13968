// The videos that the course has: used here, or deleted where nothing shows them any more.
import type { Asset } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { ApiProblem, call } from '../../../../api/call.ts'
import { clockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { Notice } from '../../../../shell/notice.tsx'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { focusOn } from '../../fields/focus.ts'
import { vt } from '../words.ts'
import { sizeOf } from './sizes.ts'

interface Props {
  readonly videos: readonly Asset[]
  onUse(assetId: string): void
  onDeleted(): void
}

export function Shelf({ videos, onUse, onDeleted }: Props) {
  const [asked, setAsked] = useState<string | null>(null)
  if (videos.length === 0) return null
  return (
    <>
      <h3 id="vau-shelf" tabIndex={-1}>
        {vt('existing')}
      </h3>
      <ul className="vau-shelf">
        {videos.map((video) => (
          <Line
            key={video.id}
            video={video}
            asked={asked === video.id}
            onAsk={(is) => setAsked(is ? video.id : null)}
            onUse={() => onUse(video.id)}
            onDeleted={onDeleted}
          />
        ))}
      </ul>
    </>
  )
}

interface LineProps {
  readonly video: Asset
  readonly asked: boolean
  onAsk(is: boolean): void
  onUse(): void
  onDeleted(): void
}

function Line({ video, asked, onAsk, onUse, onDeleted }: LineProps) {
  const { id, name, state } = video
  const deed = useAction(async () => {
    await call('DELETE /api/assets/:assetId', { params: { assetId: id } })
    announce(vt('deleted', { name }))
    focusOn('vau-shelf')
    onDeleted()
  })
  const keep = () => {
    deed.clear()
    onAsk(false)
    focusOn(`delete-${id}`)
  }
  return (
    <li>
      <span>
        {name} <span className="au-quiet">{factsOf(video)}</span>
      </span>
      <span className="vau-shelf-deeds">
        {state === 'ready' || state === 'processing' ? (
          <Button size="small" aria-label={vt('useThis', { name })} onClick={onUse}>
            {vt('use')}
          </Button>
        ) : null}
        <Button
          id={`delete-${id}`}
          size="small"
          aria-label={vt('deleteThis', { name })}
          aria-expanded={asked}
          onClick={() => onAsk(!asked)}
        >
          {vt('delete')}
        </Button>
      </span>
      {asked ? (
        <div className="vau-shelf-sure">
          {deed.error === null ? (
            <Notice
              kind="warning"
              role="alert"
              title={vt('deleteSure', { name })}
              actions={
                <>
                  <Button size="small" color="danger" interaction={deed.pending ? 'readonly' : 'enabled'} onClick={() => void deed.start()}>
                    {vt('deleteYes')}
                  </Button>
                  <Button size="small" onClick={keep}>
                    {vt('deleteNo')}
                  </Button>
                </>
              }
            >
              <p>{vt('deleteMeans')}</p>
            </Notice>
          ) : (
            <>
              {deed.error instanceof ApiProblem && deed.error.code === 'asset_in_use' ? (
                <Notice kind="warning" role="alert" title={vt('deleteInUse', { name })}>
                  <p>{deed.error.message}</p>
                </Notice>
              ) : (
                <ProblemAlert error={deed.error} onRetry={() => void deed.start()} />
              )}
              <Button size="small" onClick={keep}>
                {vt('deleteNo')}
              </Button>
            </>
          )}
        </div>
      ) : null}
    </li>
  )
}

function factsOf({ state, durationSeconds, bytes }: Asset): string {
  if (state === 'failed') return vt('shelf.failed')
  if (state === 'cancelled') return vt('shelf.cancelled', { size: sizeOf(bytes) })
  return durationSeconds === null ? sizeOf(bytes) : vt('readyFacts', { length: clockOf(durationSeconds), size: sizeOf(bytes) })
}
