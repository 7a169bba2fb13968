// The picker island: an instructor chooses, or makes, what the LMS adds to the course (LTI deep linking).
import type { LaunchData } from '@cuepoint/contracts'
import { dressed } from '../../shell/dressed.tsx'
import { WordsPage } from '../../shell/page.tsx'
import { Offer } from './offer.tsx'
import { t } from './words.ts'
import './picker.css'

export const Island = dressed(PickerIsland)

function PickerIsland({ launch }: { launch: LaunchData }) {
  const { deepLinking, session } = launch
  if (!deepLinking) return <WordsPage title={t('notForPicking')} />
  return <Offer offer={deepLinking} course={session.course.title} locale={session.locale} />
}
