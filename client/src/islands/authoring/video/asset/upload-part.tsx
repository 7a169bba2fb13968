// An upload under way: how far, how fast, how long still; pause, go on, give up.
import { Button } from '@instructure/ui-buttons'
import { useEffect, useSyncExternalStore } from 'react'
import { announce } from '../../../../shell/live-region.tsx'
import { percent } from '../../../../shell/locale.ts'
import { Notice } from '../../../../shell/notice.tsx'
import { useLeaveQuestion } from '../use-leave-question.ts'
import { vt } from '../words.ts'
import { Meter } from './meter.tsx'
import { leftOf, sizeOf } from './sizes.ts'
import type { Uploading } from './upload.ts'

export function UploadPart({ upload, onGone }: { upload: Uploading; onGone(): void }) {
  const { is, sent, bytes, speed, reason } = useSyncExternalStore(upload.subscribe, upload.state)
  const { name } = upload.file
  const share = bytes > 0 ? sent / bytes : 0
  const tenth = Math.floor(share * 10)
  useEffect(() => {
    if (is === 'sending' && tenth > 0)
      announce(vt('uploadFacts', { percent: percent(tenth / 10), sent: sizeOf(upload.state().sent), size: sizeOf(bytes) }))
  }, [tenth, is, bytes, upload])
  useLeaveQuestion(is === 'sending' || is === 'starting' || is === 'waiting')
  const give = (
    <Button
      size="small"
      onClick={() => {
        upload.giveUp()
        onGone()
      }}
    >
      {vt('cancelUpload')}
    </Button>
  )
  if (is === 'failed') {
    return (
      <Notice
        kind="danger"
        role="alert"
        title={vt('uploadFailed', { reason: reason ?? '' })}
        actions={
          <>
            <Button color="primary" onClick={() => upload.goOn()}>
              {vt('uploadTryAgain')}
            </Button>
            {give}
          </>
        }
      />
    )
  }
  return (
    <div className="vau-card">
      <p>
        <strong>{vt('uploading', { name })}</strong>
      </p>
      <Meter label={vt('uploading', { name })} done={is === 'starting' ? null : share} />
      <p className="au-quiet vau-figures">
        <span>{vt('uploadFacts', { percent: percent(Math.floor(share * 100) / 100), sent: sizeOf(sent), size: sizeOf(bytes) })}</span>
        {speed !== null && speed > 0 ? (
          <>
            <span>{vt('uploadSpeed', { speed: sizeOf(speed) })}</span>
            <span>{vt('uploadLeft', { time: leftOf((bytes - sent) / speed) })}</span>
          </>
        ) : null}
      </p>
      <p role="status">{is === 'paused' ? vt('uploadPaused') : is === 'waiting' ? vt('uploadWaiting') : ''}</p>
      <p className="au-hint">{vt('leaveUpload')}</p>
      <div className="au-buttons">
        {is === 'paused' ? (
          <Button size="small" color="primary" onClick={() => upload.goOn()}>
            {vt('resume')}
          </Button>
        ) : (
          <Button size="small" onClick={() => upload.pause()}>
            {vt('pause')}
          </Button>
        )}
        {give}
      </div>
    </div>
  )
}
