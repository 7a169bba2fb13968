// Which launch this page shows: the one it came with, the same again after a reload, or the words to open it from the course.
import type { LaunchData } from '@cuepoint/contracts'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { islandOf } from '../islands/islands.ts'
import { shellMessages } from '../messages/en/shell.ts'
import { Shell } from './frame.tsx'
import { launchAgain } from './launch.ts'
import { WordsPage } from './page.tsx'
import { ProblemPage } from './problem.tsx'
import { RelightContext } from './relight.ts'
import { words } from './text.ts'

const t = words(shellMessages)
type Shown = { is: 'looking' } | { is: 'lost' } | { is: 'failed'; error: unknown } | { is: 'lit'; launch: LaunchData; turn: number }

export function App({ first }: { first: LaunchData | null }) {
  const [shown, setShown] = useState<Shown>(first ? { is: 'lit', launch: first, turn: 0 } : { is: 'looking' })
  const light = useCallback((launch: LaunchData) => {
    setShown((before) => ({ is: 'lit', launch, turn: before.is === 'lit' ? before.turn + 1 : 0 }))
  }, [])
  const look = useCallback(() => {
    setShown({ is: 'looking' })
    launchAgain().then(
      (launch) => (launch ? light(launch) : setShown({ is: 'lost' })),
      (error: unknown) => setShown({ is: 'failed', error }),
    )
  }, [light])
  useEffect(() => {
    if (!first) look()
  }, [first, look])
  return (
    <Shell>
      <RelightContext.Provider value={light}>
        {shown.is === 'lit' ? <Lit key={shown.turn} launch={shown.launch} /> : null}
        {shown.is === 'looking' ? <Loading /> : null}
        {shown.is === 'failed' ? <ProblemPage error={shown.error} onRetry={look} /> : null}
        {shown.is === 'lost' ? (
          <WordsPage title={t('lost.title')}>
            <p>{t('lost')}</p>
          </WordsPage>
        ) : null}
      </RelightContext.Provider>
    </Shell>
  )
}

function Lit({ launch }: { launch: LaunchData }) {
  const { Island } = islandOf(launch)
  return (
    <Suspense fallback={<Loading />}>
      <Island launch={launch} />
    </Suspense>
  )
}

function Loading() {
  return <p className="cp-loading">{t('loading')}</p>
}
