// The review island: one learner's work, opened from the LMS's gradebook by who may look at it.
import type { LaunchData } from '@cuepoint/contracts'
import { Suspense } from 'react'
import { handMessages } from '../../messages/en/teachers-hand.ts'
import { dressed } from '../../shell/dressed.tsx'
import { Learner } from '../../shell/islands.tsx'
import { WordsPage } from '../../shell/page.tsx'
import { words } from '../../shell/text.ts'

const t = words(handMessages)

export const Island = dressed(ReviewIsland)

function ReviewIsland({ launch }: { launch: LaunchData }) {
  const { review, session } = launch
  if (!review?.personId) {
    return (
      <WordsPage title={t('unknown')}>
        <p>{t('unknownHelp')}</p>
      </WordsPage>
    )
  }
  const { placementId, personId, attemptId } = review
  return (
    <Suspense fallback={<p className="cp-loading">{t('loading')}</p>}>
      <Learner
        placementId={placementId}
        personId={personId}
        attemptId={attemptId}
        platform={session.platform.name}
        locale={session.locale}
        onBack={null}
      />
    </Suspense>
  )
}
