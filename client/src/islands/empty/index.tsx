// Seen by a learner whose link points at no activity yet: nothing was chosen, or it came with a copied course and the teacher must decide.
import type { LaunchData } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { courseCopyMessages } from '../../messages/en/course-copy.ts'
import { shellMessages } from '../../messages/en/shell.ts'
import { dressed } from '../../shell/dressed.tsx'
import { WordsPage } from '../../shell/page.tsx'
import { words } from '../../shell/text.ts'

const t = words(shellMessages)
const ct = words(courseCopyMessages)

export const Island = dressed(EmptyIsland)

function EmptyIsland({ launch }: { launch: LaunchData }) {
  const { returnUrl } = launch.session.platform
  const waits = useWaitsForTeacher(launch.session.placement?.id)
  return (
    <WordsPage
      key={String(waits)}
      title={waits ? ct('waits.title') : t('empty.title')}
      actions={
        returnUrl ? (
          <Button href={returnUrl} target="_top">
            {t('backToCourse')}
          </Button>
        ) : null
      }
    >
      <p>{waits ? ct('waits.what') : t('empty')}</p>
    </WordsPage>
  )
}

/** Until it is known, and where it cannot be: the words that are true of both. */
function useWaitsForTeacher(placementId: string | undefined): boolean {
  const [waits, setWaits] = useState(false)
  useEffect(() => {
    if (!placementId) return
    call('GET /api/placements/:placementId/origin', { params: { placementId } }).then(
      (answer) => setWaits(answer.waitsForTeacher),
      () => {},
    )
  }, [placementId])
  return waits
}
