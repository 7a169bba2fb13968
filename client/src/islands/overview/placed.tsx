// One placement in front of its instructor: who has done what; from here to the editor and to another activity.
import type { LaunchData, PlacementOverview } from '@cuepoint/contracts'
import { Suspense, useCallback, useState } from 'react'
import { Authoring, Dates, Insights, Learner, WhatNext } from '../../shell/islands.tsx'
import { Notice } from '../../shell/notice.tsx'
import { Choose } from './choose.tsx'
import { CameFrom } from './copies/came-from.tsx'
import { SharedFrom } from './copies/shared-from.tsx'
import { useOrigin } from './copies/use-origin.ts'
import { Head } from './head.tsx'
import { Learners } from './learners-panel.tsx'
import { Preview } from './preview.tsx'
import { useOverview } from './use-overview.ts'
import { t } from './words.ts'

type Mode =
  | { is: 'look' | 'preview' | 'dates' | 'insights' | 'next' | 'came' }
  | { is: 'learner'; personId: string }
  | { is: 'edit'; activityId: string; after: 'look' | 'choose' }
  | { is: 'choose'; initial: string | null }

export function Placed({ launch, first }: { launch: LaunchData; first: PlacementOverview }) {
  const { locale } = launch.session
  const live = useOverview(first)
  const { overview } = live
  const [mode, setMode] = useState<Mode>(first.activity || launch.session.role !== 'instructor' ? { is: 'look' } : { is: 'came' })
  const [from] = useOrigin(first.placementId)
  const shared = from.is === 'known' && from.origin?.decision === 'share' && overview.activity ? from.origin : null
  const [published, setPublished] = useState<number | null>(null)
  const chooseFirst = useCallback(() => setMode({ is: 'choose', initial: null }), [])
  const look = () => {
    setMode({ is: 'look' })
    void live.refresh()
  }

  if (mode.is === 'edit') {
    const choose = (initial: string | null) => setMode({ is: 'choose', initial })
    return (
      <Suspense fallback={<p className="cp-loading">{t('loadingEditor')}</p>}>
        <Authoring
          activityId={mode.activityId}
          locale={locale}
          onDone={(activity) => {
            if (mode.after === 'choose') return choose(activity.id)
            setPublished(activity.published?.number ?? null)
            look()
          }}
          onCancel={() => (mode.after === 'choose' ? choose(null) : look())}
        />
      </Suspense>
    )
  }
  if (mode.is === 'came') return <CameFrom launch={launch} placementId={overview.placementId} onChoose={chooseFirst} />
  if (mode.is === 'choose') {
    return (
      <Choose
        launch={launch}
        overview={overview}
        initial={mode.initial}
        onEdit={(activityId) => setMode({ is: 'edit', activityId, after: 'choose' })}
        onCancel={look}
      />
    )
  }
  const { platform, role } = launch.session
  const { placementId } = overview
  const opening = <p className="cp-loading">{t('opening')}</p>
  if (mode.is === 'dates') {
    return (
      <Suspense fallback={opening}>
        <Dates placementId={placementId} title={overview.activity?.title ?? overview.title} onBack={look} />
      </Suspense>
    )
  }
  if (mode.is === 'next') {
    return (
      <Suspense fallback={opening}>
        <WhatNext
          placementId={placementId}
          title={overview.activity?.title ?? overview.title}
          mayChange={role === 'instructor'}
          onBack={look}
        />
      </Suspense>
    )
  }
  if (mode.is === 'insights') {
    return (
      <Suspense fallback={opening}>
        <Insights placementId={placementId} platform={platform.name} locale={locale} onBack={look} />
      </Suspense>
    )
  }
  if (mode.is === 'learner') {
    const { personId } = mode
    return (
      <Suspense fallback={opening}>
        <Learner placementId={placementId} personId={personId} attemptId={null} platform={platform.name} locale={locale} onBack={look} />
      </Suspense>
    )
  }
  if (mode.is === 'preview') return <Preview launch={launch} onBack={look} />
  return (
    <main className="overview">
      <Head
        overview={overview}
        course={launch.session.course.title}
        onEdit={(activityId) => {
          setPublished(null)
          setMode({ is: 'edit', activityId, after: 'look' })
        }}
        mayChange={role === 'instructor'}
        mayEdit={shared === null}
        onDates={() => setMode({ is: 'dates' })}
        onInsights={() => setMode({ is: 'insights' })}
        onNext={() => setMode({ is: 'next' })}
        onPreview={() => setMode({ is: 'preview' })}
        onChoose={() => setMode({ is: 'choose', initial: overview.activity?.id ?? null })}
      />
      {shared && <SharedFrom placementId={placementId} origin={shared} mayChange={role === 'instructor'} />}
      {published !== null && (
        <Notice kind="success" role="status" title={t('publishedTitle', { version: published })}>
          <p>{t('published')}</p>
        </Notice>
      )}
      {(overview.activity || overview.learners.length > 0) && (
        <Learners
          live={live}
          platform={platform.name}
          locale={locale}
          mayChange={role === 'instructor'}
          onOpen={(personId) => setMode({ is: 'learner', personId })}
        />
      )}
    </main>
  )
}
