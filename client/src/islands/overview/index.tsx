// The overview island: what an instructor sees behind a placed activity. Table, editor or chooser, one at a time.
import type { LaunchData } from '@cuepoint/contracts'
import { dressed } from '../../shell/dressed.tsx'
import { WordsPage } from '../../shell/page.tsx'
import { Placed } from './placed.tsx'
import { t } from './words.ts'
import './overview.css'

export const Island = dressed(OverviewIsland)

function OverviewIsland({ launch }: { launch: LaunchData }) {
  if (!launch.overview) return <WordsPage title={t('nothing')} />
  return <Placed launch={launch} first={launch.overview} />
}
