// Right below the picture: what stands between the learner and it, settings and keys, and an answer that was checked late.

import { Button } from '@instructure/ui-buttons'
import { useEffect, useRef } from 'react'
import { clockOf } from '../../../shell/clock-time.ts'
import { announce } from '../../../shell/live-region.tsx'
import { Notice } from '../../../shell/notice.tsx'
import { PlainButton } from '../../../shell/plain-button.tsx'
import { KeysPanel } from './controls/keys-panel.tsx'
import { SettingsPanel } from './controls/settings-panel.tsx'
import type { RoomParts } from './parts.ts'
import { usePoorLine } from './screen/use-poor-line.ts'
import { t } from './words.ts'

export function BelowPart(parts: RoomParts) {
  const { panel, onPanel } = parts
  return (
    <div className="cpv-below">
      <Line {...parts} />
      {panel === 'settings' ? <SettingsPanel parts={parts} /> : null}
      {panel === 'keys' ? <KeysPanel onClose={() => onPanel(null)} /> : null}
      <Late {...parts} />
    </div>
  )
}

/** What stands between the learner and the picture. Refusals are said once, in words, and go by themselves. */
function Line({ source, now, video, begun }: RoomParts) {
  const { line, wishes } = source
  const poor = usePoorLine(video, begun && !wishes.audioOnly)
  const { refused } = now
  useEffect(() => {
    if (refused) announce(t(`refused.${refused.why}`), 'assertive')
  }, [refused])
  const before = useRef(line)
  useEffect(() => {
    if (line === 'lost') announce(t('lineLost'), 'assertive')
    if (line === 'ok' && before.current === 'lost') announce(t('lineBack'))
    before.current = line
  }, [line])
  return (
    <>
      {refused ? <p className="cpv-refused">{t(`refused.${refused.why}`)}</p> : null}
      {line === 'ok' ? null : (
        <Notice kind="warning">
          <p>{t(line === 'gone' ? 'lineGone' : 'lineLost')}</p>
        </Notice>
      )}
      {wishes.audioOnly ? (
        <Notice kind="info" actions={<PlainButton onClick={() => source.wish({ audioOnly: false })}>{t('pictureBack')}</PlainButton>}>
          <p>{t('audioNow')}</p>
        </Notice>
      ) : poor.is && line !== 'gone' ? (
        <Notice
          kind="info"
          role="status"
          actions={
            <>
              {source.soundOnly ? <PlainButton onClick={() => source.wish({ audioOnly: true })}>{t('poorAudio')}</PlainButton> : null}
              {wishes.lowData ? null : <PlainButton onClick={() => source.wish({ lowData: true })}>{t('poorLow')}</PlainButton>}
              <PlainButton onClick={poor.dismiss}>{t('close')}</PlainButton>
            </>
          }
        >
          <p>{t('poor')}</p>
        </Notice>
      ) : null}
    </>
  )
}

/** An answer given without a connection has been checked since. */
function Late({ now, viewing }: RoomParts) {
  const { late } = now
  if (!late?.outcome) return null
  const verdict = t(`verdict.${late.outcome.verdict ?? 'hidden'}`)
  return (
    <Notice
      kind={late.outcome.verdict === 'right' ? 'success' : 'info'}
      role="status"
      actions={
        <>
          {late.settled ? null : (
            <Button color="primary" onClick={() => viewing.showCue(late.id)}>
              {t('lateShow')}
            </Button>
          )}
          <Button onClick={() => viewing.dismissLate()}>{t('close')}</Button>
        </>
      }
    >
      <p>{t('late', { time: clockOf(late.atSeconds), verdict })}</p>
    </Notice>
  )
}
