// The overview island: what an instructor sees behind a placed activity. Table, editor or chooser, one at a time.
import type { LaunchData } from '@cuepoint/contracts'
import { WordsPage } from '../../shell/page.tsx'
import { Placed } from './placed.tsx'
import { t } from './words.ts'
import './overview.css'

export function Island({ launch }: { launch: LaunchData }) {
  if (!launch.overview) return <WordsPage title={t('nothing')} />
  return <Placed launch={launch} first={launch.overview} />
}
