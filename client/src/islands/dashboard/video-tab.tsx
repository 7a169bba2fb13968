// The video on one timeline: what was watched, watched again, paused at and gone back to, and the questions at their moments.
import type { PlacementInsight, WatchInsight } from '@cuepoint/contracts'
import { numeral } from '../../shell/locale.ts'
import { Definition, Figure } from './figure.tsx'
import { againIn, hotSpotsOf } from './hot-spots.ts'
import { Pictures } from './pictures.tsx'
import { clock, percent, t } from './words.ts'

export function VideoTab({ insight }: { insight: PlacementInsight }) {
  const { watch } = insight
  if (!watch || watch.attempts === 0) return <p>{t('noVideo')}</p>
  const rows = againIn(watch).map((again, at) => ({
    label: clock(at * watch.bucketSeconds),
    viewers: watch.viewers[at] ?? 0,
    again,
    sent: watch.sent[at] ?? 0,
    paused: watch.paused[at] ?? 0,
    back: watch.backTo[at] ?? 0,
    slowed: watch.slowed[at] ?? 0,
    left: watch.leftAt[at] ?? 0,
  }))
  const wasSlowed = watch.slowed.some((count) => count > 0)
  const wasSent = watch.sent.some((count) => count > 0)
  const total = watch.speeds.reduce((sum, { seconds }) => sum + seconds, 0)
  return (
    <>
      <div className="dash-given-head">
        <p>
          {t('attemptsN', { n: numeral(watch.attempts) })} · {t('completedN', { n: numeral(watch.completed) })}
        </p>
        <Definition>{t('attemptsDef')}</Definition>
      </div>
      <Figure
        title={t('watchTitle')}
        definition={t('watchDef')}
        of={t('stretch')}
        rows={rows}
        stacked
        height={280}
        series={[
          { key: 'viewers', name: t('viewers'), color: '#0e68b3' },
          { key: 'again', name: t('again'), color: '#b34000' },
          ...(wasSent ? [{ key: 'sent', name: t('sentBack'), color: '#937400' }] : []),
        ]}
      />
      <Figure
        title={t('confusion')}
        definition={t('confusionDef')}
        of={t('stretch')}
        rows={rows}
        stacked
        series={[
          { key: 'paused', name: t('pausesAt'), color: '#586874' },
          { key: 'back', name: t('backAt'), color: '#b34000' },
          ...(wasSlowed ? [{ key: 'slowed', name: t('slowedAt'), color: '#937400' }] : []),
          { key: 'left', name: t('leftHere'), color: '#8d6ac0' },
        ]}
      >
        <HotSpots watch={watch} />
        <Pictures watch={watch} />
      </Figure>
      {watch.cues.length > 0 && <Cues watch={watch} />}
      {total > 0 && (
        <section className="dash-speeds">
          <div className="dash-given-head">
            <h3>{t('speeds')}</h3>
            <Definition>{t('speedsDef')}</Definition>
          </div>
          <ul className="dash-plain">
            {watch.speeds.map(({ speed, seconds }) => (
              <li key={speed}>{t('speedOf', { speed: numeral(speed), share: percent(seconds / total) })}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function HotSpots({ watch }: { watch: WatchInsight }) {
  const spots = hotSpotsOf(watch)
  if (spots.length === 0) return null
  return (
    <ol className="dash-spots">
      {spots.map(({ from, to, again, back, paused, slowed }) => {
        const why = [
          again > 0 && t('hotAgain', { count: numeral(again) }),
          back > 0 && t('hotBack', { count: numeral(back) }),
          paused > 0 && t('hotPause', { count: paused }),
          slowed > 0 && t('hotSlowed', { count: numeral(slowed) }),
        ]
        return <li key={from}>{t('hotSpot', { from: clock(from), to: clock(to), why: why.filter(Boolean).join(', ') })}</li>
      })}
    </ol>
  )
}

function Cues({ watch }: { watch: WatchInsight }) {
  return (
    <section>
      <div className="dash-given-head">
        <h3>{t('cuesCaption')}</h3>
        <Definition>{t('cuesDef')}</Definition>
      </div>
      <table className="dash-table">
        <caption className="cp-sr">{t('cuesCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('questions')}</th>
            <th scope="col">{t('cueAt')}</th>
            <th scope="col">{t('cueWrong')}</th>
          </tr>
        </thead>
        <tbody>
          {watch.cues.map((cue) => (
            <tr key={cue.questionId}>
              <th scope="row">{t('question', { number: cue.number })}</th>
              <td>{clock(cue.atSeconds)}</td>
              <td>{cue.firstTries === 0 ? t('unknown') : t('cueOf', { wrong: numeral(cue.wrong), n: numeral(cue.firstTries) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
