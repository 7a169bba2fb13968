// The class as a whole: how far it has come, its scores, and whether they are in the gradebook.
import type { PlacementInsight } from '@cuepoint/contracts'
import { numeral } from '../../shell/locale.ts'
import { Figure, KeyFigure } from './figure.tsx'
import { percent, t } from './words.ts'

export function ClassTab({ insight, platform }: { insight: PlacementInsight; platform: string }) {
  const { funnel, scores, meanShare, medianMinutes, passed, sync } = insight.class
  const steps = (['enrolled', 'started', 'answered', 'finished'] as const).map((step) => ({ label: t(step), people: funnel[step] }))
  const syncs = [
    { label: t('syncAccepted'), people: sync.accepted },
    { label: t('syncWaiting'), people: sync.waiting },
    { label: t('syncRefused'), people: sync.refused },
    { label: t('syncNone'), people: sync.none },
  ]
  const people = [{ key: 'people', name: t('people'), color: '#0e68b3' }]
  return (
    <>
      <dl className="dash-numbers">
        <KeyFigure name={t('mean')} value={percent(meanShare)} definition={t('meanDef')} />
        <KeyFigure
          name={t('median')}
          value={medianMinutes === null ? t('unknown') : t('minutes', { minutes: numeral(medianMinutes) })}
          definition={t('medianDef')}
        />
        {passed !== null && (
          <KeyFigure
            name={t('passed')}
            value={t('passedOf', { passed: numeral(passed), finished: numeral(funnel.finished) })}
            definition={t('passedDef')}
          />
        )}
        {insight.alpha !== null && (
          <KeyFigure name={t('alpha')} value={numeral(Math.round(insight.alpha * 100) / 100)} definition={t('alphaDef')} />
        )}
      </dl>
      <div className="dash-grid">
        <Figure title={t('funnel')} definition={t('funnelDef')} of={t('step')} rows={steps} series={people} lying />
        <Figure
          title={t('scores')}
          definition={t('scoresDef')}
          of={t('range')}
          rows={scores.map((count, at) => ({ label: t('rangeOf', { from: at * 10, to: at * 10 + 10 }), people: count }))}
          series={people}
        />
        {insight.takesScores ? (
          <Figure
            title={t('sync')}
            definition={t('syncDef', { platform })}
            of={t('syncState')}
            rows={syncs}
            series={people}
            lying
            height={160}
          />
        ) : (
          <section className="dash-figure">
            <h3>{t('sync')}</h3>
            <p>{t('noColumn', { platform })}</p>
          </section>
        )}
      </div>
    </>
  )
}
