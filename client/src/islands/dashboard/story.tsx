// One learner: what happened, step by step.
import type { LearnerStory, TimelineEntry } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { insightMessages } from '../../messages/en/insight.ts'
import { numeral } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Concerns } from './learners-tab.tsx'
import type { AskedNaming } from './use-insight.ts'
import { clock, nameOf, t } from './words.ts'

interface Props {
  readonly placementId: string
  readonly personId: string
  readonly naming: AskedNaming
  readonly locale: string
  onBack(): void
}

export function Story({ placementId, personId, naming, locale, onBack }: Props) {
  const [story, setStory] = useState<LearnerStory | null>(null)
  const [error, setError] = useState<unknown>(null)
  const fetchStory = useCallback(() => {
    setError(null)
    call('GET /api/placements/:placementId/learners/:personId/story', {
      params: { placementId, personId },
      query: naming,
    }).then(setStory, setError)
  }, [placementId, personId, naming])
  useEffect(fetchStory, [fetchStory])
  const heading = useFocusOnShow<HTMLHeadingElement>(story?.personId)
  return (
    <main className="dash">
      <p>
        <Button size="small" onClick={onBack}>
          {t('storyBack')}
        </Button>
      </p>
      {story && (
        <h1 ref={heading} tabIndex={-1}>
          {t('storyTitle', { name: nameOf(story) })}
        </h1>
      )}
      <ProblemAlert error={error} onRetry={fetchStory} />
      {!story && error === null && <p className="cp-loading">{t('storyLoading')}</p>}
      {story && (
        <>
          {story.concerns.length > 0 && (
            <section>
              <h2>{t('reasons')}</h2>
              <Concerns of={story.concerns} />
            </section>
          )}
          <h2>{t('replay')}</h2>
          {story.more && <p className="dash-quiet">{t('storyMore')}</p>}
          {story.timeline.length === 0 ? <p>{t('storyEmpty')}</p> : <Timeline entries={story.timeline} locale={locale} />}
        </>
      )}
    </main>
  )
}

function Timeline({ entries, locale }: { entries: readonly TimelineEntry[]; locale: string }) {
  return (
    <ol className="dash-timeline">
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id and their order does not change
        <li key={at}>
          <time dateTime={entry.at}>{new Date(entry.at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' })}</time>
          <span>{wordsOf(entry)}</span>
        </li>
      ))}
    </ol>
  )
}

function wordsOf({ what, attempt, question, seconds, score, maxScore, byVideo }: TimelineEntry): string {
  const key = byVideo && what === 'assessment.video.seeked' ? 'what-sentBack' : `what-${what}`
  if (!(key in insightMessages)) return what
  return t(key as keyof typeof insightMessages, {
    attempt: attempt ?? '',
    question: question ?? '',
    at: seconds === null ? '' : clock(seconds),
    score: score === null ? '' : numeral(score),
    max: maxScore === null ? '' : numeral(maxScore),
  })
}
