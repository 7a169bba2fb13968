// One learner: what happened, step by step.
import type { LearnerStory, TimelineEntry } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { insightMessages } from '../../messages/en/insight.ts'
import { download } from '../../shell/download.ts'
import { announce } from '../../shell/live-region.tsx'
import { numeral } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { ScrollRegion } from './figure.tsx'
import { Concerns } from './learners-tab.tsx'
import type { AskedNaming } from './use-insight.ts'
import { answerWords, clock, nameOf, t } from './words.ts'

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
  const save = useAction(async () => {
    const { fileName, csv } = await call('GET /api/placements/:placementId/learners/:personId/story/csv', {
      params: { placementId, personId },
      query: naming,
    })
    download(fileName, csv)
    announce(t('csvDone', { name: fileName }))
  })
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
          <div className="dash-given-head dash-replay">
            <h2>{t('replay')}</h2>
            <div className="dash-actions">
              <Button size="small" onClick={() => void save.start()}>
                {t('storyCsv')}
              </Button>
            </div>
          </div>
          <ProblemAlert error={save.error} />
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
          <div>
            {wordsOf(entry)} <span className="dash-quiet">{sinceWords(entries[at - 1], entry)}</span>
            {entry.marks && entry.marks.length > 0 ? <Marks attempt={entry.attempt} marks={entry.marks} /> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** What was handed in, question by question. */
function Marks({ attempt, marks }: { attempt: number | null; marks: NonNullable<TimelineEntry['marks']> }) {
  return (
    <ScrollRegion label={t('marks', { attempt: attempt ?? '' })}>
      <table className="dash-table">
        <caption className="cp-sr">{t('marks', { attempt: attempt ?? '' })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('questions')}</th>
            <th scope="col">{t('option')}</th>
            <th scope="col">{t('points')}</th>
          </tr>
        </thead>
        <tbody>
          {marks.map(({ question, kind, given, score, maxScore }) => (
            <tr key={question}>
              <th scope="row">{t('question', { number: question })}</th>
              <td>
                {given.length === 0 ? (
                  <span className="dash-quiet">{t('nothingGiven')}</span>
                ) : (
                  given.map((one) => <div key={one}>{answerWords(kind, one)}</div>)
                )}
              </td>
              <td>{t('ofN', { count: numeral(score), n: numeral(maxScore) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

const longestSeconds = 3600

/** How long after the step before it, in one sitting. */
function sinceWords(before: TimelineEntry | undefined, { at }: TimelineEntry): string {
  const seconds = before ? Math.round((Date.parse(at) - Date.parse(before.at)) / 1000) : 0
  return seconds > 0 && seconds < longestSeconds ? t('sinceThen', { time: clock(seconds) }) : ''
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
