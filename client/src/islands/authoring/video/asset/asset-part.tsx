// The video of the activity: chosen, on its way up, being made ready, ready, or failed with its reason.
import { Button } from '@instructure/ui-buttons'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../../../api/call.ts'
import { clockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { percent } from '../../../../shell/locale.ts'
import { Notice } from '../../../../shell/notice.tsx'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { focusOn } from '../../fields/focus.ts'
import { vt } from '../words.ts'
import { ChooseVideo } from './choose-video.tsx'
import { GoOnUpload } from './go-on-upload.tsx'
import { Meter } from './meter.tsx'
import { sizeOf } from './sizes.ts'
import { startUpload, type Uploading } from './upload.ts'
import { UploadPart } from './upload-part.tsx'
import type { HeldAsset } from './use-asset.ts'

interface Props {
  readonly assetId: string | null
  readonly held: HeldAsset
  onAsset(assetId: string | null): void
}

export function AssetPart({ assetId, held, onAsset }: Props) {
  const [upload, setUpload] = useState<Uploading | null>(null)
  const [changing, setChanging] = useState(false)
  /** The button that was pressed is gone with what it stood in. */
  const change = (is: boolean) => {
    setChanging(is)
    focusOn('vau-video')
  }
  const begin = (file: File, at: string | null = null) => {
    setChanging(false)
    setUpload(startUpload(file, at, onAsset))
  }
  const { asset } = held
  const own = upload !== null && (asset === null || asset.state === 'uploading')
  return (
    <section aria-labelledby="vau-video" className="vau-video">
      <h2 id="vau-video" tabIndex={-1}>
        {vt('video')}
      </h2>
      {own ? (
        <UploadPart
          upload={upload}
          onGone={() => {
            setUpload(null)
            onAsset(null)
          }}
        />
      ) : assetId === null || changing ? (
        <ChooseVideo
          onFile={begin}
          onAsset={(id) => {
            change(false)
            onAsset(id)
          }}
          onKeep={assetId === null ? null : () => change(false)}
        />
      ) : held.gone ? (
        <>
          <Notice kind="warning" role="alert">
            <p>{vt('assetGone')}</p>
          </Notice>
          <ChooseVideo onFile={begin} onAsset={onAsset} onKeep={null} />
        </>
      ) : asset?.state === 'uploading' ? (
        <GoOnUpload asset={asset} onFile={(file) => begin(file, `/api/uploads/${asset.id}`)} onGone={() => onAsset(null)} />
      ) : asset ? (
        <Made held={held} onOther={() => change(true)} />
      ) : null}
    </section>
  )
}

/** All bytes are there: encoding, its outcome, and what can be done about it. */
function Made({ held, onOther }: { held: HeldAsset; onOther(): void }) {
  const { asset, put } = held
  const deed = useAction(async (what: 'cancel' | 'retry') => {
    if (!asset) return
    const params = { assetId: asset.id }
    put(
      await (what === 'cancel'
        ? call('POST /api/assets/:assetId/cancel', { params })
        : call('POST /api/assets/:assetId/retry', { params })),
    )
  })
  const before = useRef(asset?.state)
  useEffect(() => {
    if (before.current === 'processing' && asset?.state === 'ready') announce(vt('readyNow', { name: asset.name }))
    before.current = asset?.state
  }, [asset])
  if (!asset) return null
  const { name, state, failure, progress, playable, durationSeconds, bytes, waits, originalKept } = asset
  // What was refused by its bytes is not kept: another file is the only way on.
  const again = originalKept && (state === 'failed' || state === 'cancelled')
  const first = state === 'failed' && !again
  const other = (
    <Button color={first ? 'primary' : 'secondary'} onClick={onOther}>
      {vt('chooseAnother')}
    </Button>
  )
  return (
    <>
      <ProblemAlert error={deed.error} />
      {state === 'processing' ? (
        <div className="vau-card">
          <p>
            <strong>{vt('processing', { name })}</strong>
          </p>
          <Meter label={vt('processing', { name })} done={progress ? progress.done / Math.max(1, progress.total) : null} />
          <p className="au-quiet" role="status">
            {progress ? vt('processingFacts', { percent: percent(progress.done / Math.max(1, progress.total)) }) : vt('processingWaits')}
            {waits ? ` ${vt(`waits.${waits.for}`, { n: waits.ahead })}` : ''}
            {playable ? ` ${vt('processingPlays')}` : ''}
          </p>
          <p className="au-hint">{vt('processingHint')}</p>
          <div className="au-buttons">
            <Button size="small" interaction={deed.pending ? 'readonly' : 'enabled'} onClick={() => void deed.start('cancel')}>
              {vt('cancelProcessing')}
            </Button>
          </div>
        </div>
      ) : state === 'ready' ? (
        <div className="vau-card vau-card-line">
          <p>
            <strong>{vt('ready', { name })}</strong>{' '}
            <span className="au-quiet">{vt('readyFacts', { length: clockOf(durationSeconds ?? 0), size: sizeOf(bytes) })}</span>
          </p>
          {other}
        </div>
      ) : (
        <Notice
          kind={state === 'failed' ? 'danger' : 'warning'}
          role="alert"
          title={vt(state === 'failed' ? 'failed' : 'cancelled', { name })}
          actions={
            <>
              {again ? (
                <Button color="primary" interaction={deed.pending ? 'readonly' : 'enabled'} onClick={() => void deed.start('retry')}>
                  {vt('retry')}
                </Button>
              ) : null}
              {other}
            </>
          }
        >
          {failure ? <p>{failure.message}</p> : null}
        </Notice>
      )}
    </>
  )
}
