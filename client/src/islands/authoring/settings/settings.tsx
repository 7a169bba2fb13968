// How the quiz is taken: attempts, what counts, order, when answers show, time. Each says in a sentence what it does.
import type { QuizSettings } from '@cuepoint/contracts'
import { Checkbox } from '@instructure/ui-checkbox'
import { ChooseOne } from '../fields/choose-one.tsx'
import { t } from '../words.ts'
import { Attempts } from './attempts.tsx'
import { TimeLimit } from './time-limit.tsx'

interface Props {
  readonly settings: QuizSettings
  readonly locale: string
  onSettings(change: Partial<QuizSettings>): void
}

export function Settings({ settings, locale, onSettings }: Props) {
  const { attemptsAllowed, counting, shuffleQuestions, shuffleChoices, showAnswers, timeLimitSeconds } = settings
  const several = attemptsAllowed !== 1
  return (
    <section className="au-settings" aria-labelledby="au-settings">
      <h2 id="au-settings">{t('settings')}</h2>
      <div className="au-settings-grid">
        <Attempts allowed={attemptsAllowed} locale={locale} onAllowed={(allowed) => onSettings({ attemptsAllowed: allowed })} />
        {several && (
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
        <fieldset className="au-ways">
          <legend>{t('order')}</legend>
          <Checkbox
            checked={shuffleQuestions}
            onChange={() => onSettings({ shuffleQuestions: !shuffleQuestions })}
            label={
              <>
                {t('shuffleQuestions')}
                <span className="au-means">{t('shuffleQuestionsMeans')}</span>
              </>
            }
          />
          <Checkbox
            checked={shuffleChoices}
            onChange={() => onSettings({ shuffleChoices: !shuffleChoices })}
            label={
              <>
                {t('shuffleChoices')}
                <span className="au-means">{t('shuffleChoicesMeans')}</span>
              </>
            }
          />
        </fieldset>
        <TimeLimit seconds={timeLimitSeconds} locale={locale} onSeconds={(seconds) => onSettings({ timeLimitSeconds: seconds })} />
      </div>
    </section>
  )
}
