// A learner's own activities of the course: done, score, whether the gradebook has it, topics to look at again, what next.
import type { LaunchData, MyActivities as Mine } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'
import { PlainButton } from '../../../shell/plain-button.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { useFocusOnShow } from '../../../shell/use-focus.ts'
import { MyTable } from './my-table.tsx'
import { MyTopics } from './my-topics.tsx'
import { Suggestions } from './next.tsx'
import { t } from './words.ts'

interface Props {
  readonly launch: LaunchData
  /** Of the activity that was opened. */
  readonly title: string
  onBack(): void
}

export function MyActivities({ launch, title, onBack }: Props) {
  const [mine, setMine] = useState<Mine | null>(null)
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const reading = useAction(async () => setMine(await call('GET /api/my-activities', {})))
  const { start } = reading
  useEffect(() => void start(), [start])
  const { course, placement } = launch.session
  return (
    <main className="cpn-mine">
      <p>
        <PlainButton small onClick={onBack}>
          {t('mineBack', { title })}
        </PlainButton>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {t('mine')}
      </h1>
      <p className="cpn-quiet">{t('mineIntro', { course: course.title })}</p>
      <ProblemAlert error={reading.error} onRetry={() => void start()} />
      {mine === null && reading.error === null ? <p className="cp-loading">{t('mineOpening')}</p> : null}
      {mine ? (
        <>
          <Suggestions
            advice={mine.advice}
            activityId={null}
            onGone={(id) => setMine({ ...mine, advice: mine.advice.filter((one) => one.id !== id) })}
          />
          <MyTable activities={mine.activities} hereId={placement?.id ?? null} />
          <MyTopics topics={mine.topics} />
        </>
      ) : null}
    </main>
  )
}
