// Under the video: what is said about the line and about watching, the panels of settings and keys, and the way to hand in.
import { Button } from '@instructure/ui-buttons'
import { useEffect } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { percent } from '../../../shell/locale.ts'
import { Notice } from '../../../shell/notice.tsx'
import { PlainButton } from '../../../shell/plain-button.tsx'
import { teaches } from '../../../shell/teaches.ts'
import { Banners } from '../banners.tsx'
import { LookOnly } from '../look-only.tsx'
import { isAnswered } from '../questions/kinds.ts'
import { SaveState } from '../save-state.tsx'
import { clockOf } from './clock-time.ts'
import { KeysPanel } from './controls/keys-panel.tsx'
import { SettingsPanel } from './controls/settings-panel.tsx'
import { EndCard } from './cues/end-card.tsx'
import type { RoomParts } from './parts.ts'
import { usePoorLine } from './screen/use-poor-line.ts'
import { t } from './words.ts'

export function UnderPart(parts: RoomParts) {
  const { attempt, launch, records, saved, view, now, panel, onPanel } = parts
  const answered = attempt.questions.filter((question) => isAnswered(question, saved.values.get(question.id))).length
  return (
    <div className="cpv-under">
      <Line {...parts} />
      {panel === 'settings' ? <SettingsPanel parts={parts} /> : null}
      {panel === 'keys' ? <KeysPanel onClose={() => onPanel(null)} /> : null}
      <Late {...parts} />
      {records ? (
        <>
          <WatchedLine share={now.watchedShare} needed={view.watchedThreshold} lost={now.reportsLost} />
          {attempt.questions.length > 0 ? (
            <SaveState saved={saved} answered={answered} count={attempt.questions.length} tryOut={teaches(launch.session)} />
          ) : null}
        </>
      ) : (
        <LookOnly session={launch.session} />
      )}
      <Banners {...parts} saved={now.problem && !saved.problem ? { ...saved, problem: now.problem } : saved} />
      {records ? <EndCard {...parts} /> : null}
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
  useEffect(() => {
    if (line === 'lost') announce(t('lineLost'), 'assertive')
  }, [line])
  return (
    <>
      <p className="cpv-refused" data-shown={refused !== null}>
        {refused ? t(`refused.${refused.why}`) : ''}
      </p>
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

function WatchedLine({ share, needed, lost }: { share: number; needed: number; lost: boolean }) {
  const enough = share >= needed
  return (
    <div className="cpv-watched">
      <p>
        {enough ? t('watchedAll', { percent: percent(share) }) : t('watchedOf', { percent: percent(share), needed: percent(needed) })}
        <span className="cpq-bar" aria-hidden="true">
          <b style={{ width: `${Math.min(100, 100 * share)}%` }} />
        </span>
      </p>
      {lost ? <p role="status">{t('watchedLost')}</p> : null}
    </div>
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
