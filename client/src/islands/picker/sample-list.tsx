// The samples that come with the server; using one makes a published copy in this course.
import type { ActivitySummary, Sample } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { copySample } from './catalogue.ts'
import { t } from './words.ts'

interface Props {
  readonly samples: readonly Sample[]
  onTaken(activity: ActivitySummary): void
}

export function SampleList({ samples, onTaken }: Props) {
  const [wanted, setWanted] = useState('')
  const taking = useAction(async (id: string) => {
    setWanted(id)
    onTaken(await copySample(id))
  })
  if (samples.length === 0) return <p className="picker-empty">{t('noSamples')}</p>
  return (
    <>
      <p>{t('samplesIntro')}</p>
      {taking.error !== null && <ProblemAlert error={taking.error} onRetry={() => void taking.start(wanted)} />}
      <ul className="picker-rows">
        {samples.map((sample) => {
          const copying = taking.pending && wanted === sample.id
          return (
            <li key={sample.id} className="picker-row">
              <div className="picker-row-main">
                <h2>{sample.title}</h2>
                <p className="picker-facts">
                  {sample.subject} · {t('facts', { questions: sample.questionCount, points: sample.maxScore })}
                </p>
                <p>{sample.summary}</p>
              </div>
              <div className="picker-row-side">
                <Button
                  color="primary"
                  withBackground={false}
                  interaction={taking.pending ? 'readonly' : 'enabled'}
                  onClick={() => void taking.start(sample.id)}
                  aria-label={t('useThisSample', { title: sample.title })}
                >
                  {copying ? t('copying') : t('useSample')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
