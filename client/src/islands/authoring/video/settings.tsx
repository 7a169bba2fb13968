// How the video is taken: attempts, what counts, when answers show, skipping, and what watching is worth.
import type { VideoSettings as Shape } from '@cuepoint/contracts'
import { ChooseOne } from '../fields/choose-one.tsx'
import { NumberField } from '../fields/number-field.tsx'
import { Attempts } from '../settings/attempts.tsx'
import { t } from '../words.ts'
import { vt } from './words.ts'

interface Props {
  readonly settings: Shape
  readonly locale: string
  onSettings(change: Partial<Shape>): void
}

export function VideoSettings({ settings, locale, onSettings }: Props) {
  const { attemptsAllowed, counting, showAnswers, skipping, watchedThreshold, watchPoints } = settings
  return (
    <section className="au-settings" aria-labelledby="au-settings">
      <h2 id="au-settings">{vt('settings')}</h2>
      <div className="au-settings-grid">
        <ChooseOne
          legend={vt('skipping')}
          value={skipping}
          ways={(['forbidden', 'after-first-view', 'allowed'] as const).map((value) => ({
            value,
            label: vt(`skipping.${value}`),
            means: vt(`skipping.${value}.means`),
          }))}
          onValue={(value) => onSettings({ skipping: value })}
        />
        <fieldset className="au-ways">
          <legend>{vt('watching')}</legend>
          <NumberField
            label={vt('threshold')}
            value={Math.round(watchedThreshold * 100)}
            locale={locale}
            min={1}
            max={100}
            whole
            onValue={(value) => onSettings({ watchedThreshold: value / 100 })}
          />
          <NumberField
            label={vt('watchPoints')}
            value={watchPoints}
            locale={locale}
            min={0}
            max={1000}
            hint={vt('watchPointsHint')}
            onValue={(value) => onSettings({ watchPoints: value })}
          />
        </fieldset>
        <Attempts
          allowed={attemptsAllowed}
          locale={locale}
          lastMeans={vt('attemptsLimitedMeans')}
          onAllowed={(allowed) => onSettings({ attemptsAllowed: allowed })}
        />
        {attemptsAllowed !== 1 && (
          <ChooseOne
            legend={t('counting')}
            value={counting}
            onValue={(rule) => onSettings({ counting: rule })}
            ways={(['best', 'last', 'first', 'average'] as const).map((rule) => ({
              value: rule,
              label: t(`counting.${rule}`),
              means: t(`counting.${rule}.means`),
            }))}
          />
        )}
        <ChooseOne
          legend={t('show')}
          value={showAnswers}
          onValue={(when) => onSettings({ showAnswers: when })}
          ways={(['never', 'after-submit', 'after-last-attempt'] as const).map((when) => ({
            value: when,
            label: t(`show.${when}`),
            means: t(`show.${when}.means`),
          }))}
        >
          {showAnswers === 'after-last-attempt' && attemptsAllowed === null && <p className="au-warn">{t('show.never-comes')}</p>}
        </ChooseOne>
      </div>
    </section>
  )
}
