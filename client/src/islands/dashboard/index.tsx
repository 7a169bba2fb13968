// The dashboard of a placed activity, opened from the instructor's view of it.
import type { InsightTable, PlacementInsight } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Tabs } from '@instructure/ui-tabs'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { download } from '../../shell/download.ts'
import { announce } from '../../shell/live-region.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { ClassTab } from './class-tab.tsx'
import { type Group, LearnersTab } from './learners-tab.tsx'
import { QuestionsTab } from './questions-tab.tsx'
import { Story } from './story.tsx'
import { type AskedNaming, type Live, useInsight } from './use-insight.ts'
import { VideoTab } from './video-tab.tsx'
import { t } from './words.ts'
import './dashboard.css'

interface Props {
  readonly placementId: string
  readonly platform: string
  readonly locale: string
  onBack(): void
}
const tables = {
  class: ['funnel', 'scores', 'sync'],
  questions: ['questions', 'given'],
  video: ['video', 'cues', 'speeds'],
  learners: ['class'],
} as const satisfies Record<string, readonly InsightTable[]>
type Tab = keyof typeof tables
const numbered: AskedNaming = { as: 'pseudonyms' }

export function Insights({ placementId, platform, locale, onBack }: Props) {
  const [versionId, setVersionId] = useState('latest')
  const [tab, setTab] = useState<Tab>('class')
  const [learner, setLearner] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [group, setGroup] = useState<Group>('withReasons')
  const [naming, setNaming] = useState<AskedNaming>(undefined)
  const live = useInsight(placementId, versionId, naming)
  const { insight } = live
  if (learner !== null)
    return (
      <Story
        placementId={placementId}
        personId={learner}
        naming={naming}
        locale={locale}
        onBack={() => {
          setFrom(learner)
          setLearner(null)
        }}
      />
    )
  return (
    <main className="dash">
      <p className="dash-back">
        <Button size="small" onClick={onBack}>
          {t('back')}
        </Button>
      </p>
      <ProblemAlert error={live.error} onRetry={live.again} />
      {!insight && live.error === null && <p className="cp-loading">{t('loading')}</p>}
      {insight && (
        <>
          <Head
            insight={insight}
            live={live}
            locale={locale}
            tab={tab}
            versionId={versionId}
            onVersion={setVersionId}
            naming={naming}
            onNaming={setNaming}
          />
          <Tabs
            variant="secondary"
            onRequestTabChange={(_event, { id }) => {
              setFrom(null)
              if (id) setTab(id as Tab)
            }}
          >
            {tabsOf(insight).map((one) => (
              <Tabs.Panel key={one} id={one} renderTitle={t(one)} isSelected={tab === one} padding="medium none">
                {tab === one && (
                  <>
                    {one === 'class' && <ClassTab insight={insight} platform={platform} />}
                    {one === 'questions' && <QuestionsTab insight={insight} />}
                    {one === 'video' && <VideoTab insight={insight} />}
                    {one === 'learners' && (
                      <LearnersTab insight={insight} locale={locale} group={group} onGroup={setGroup} from={from} onOpen={setLearner} />
                    )}
                  </>
                )}
              </Tabs.Panel>
            ))}
          </Tabs>
        </>
      )}
    </main>
  )
}

function tabsOf({ kind }: PlacementInsight): Tab[] {
  return kind === 'video' ? ['class', 'video', 'questions', 'learners'] : ['class', 'questions', 'learners']
}

interface HeadProps {
  readonly insight: PlacementInsight
  readonly live: Live
  readonly locale: string
  readonly tab: Tab
  readonly versionId: string
  onVersion(id: string): void
  readonly naming: AskedNaming
  onNaming(naming: AskedNaming): void
}

function Head(props: HeadProps) {
  const { insight, live, locale, tab } = props
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const save = useAction(async (table: InsightTable) => {
    const params = { placementId: insight.placementId, versionId: props.versionId, table }
    const { fileName, csv } = await call('GET /api/placements/:placementId/insight/:versionId/csv/:table', { params, query: props.naming })
    download(fileName, csv)
    announce(t('csvDone', { name: fileName }))
  })
  return (
    <header className="dash-head">
      <h1 ref={heading} tabIndex={-1}>
        {t('title', { title: insight.title })}
      </h1>
      <p>{insight.version.attempts === 0 ? t('nothingYet') : t('intro')}</p>
      <div className="dash-bar">
        <p className="dash-quiet" role="status">
          {insight.countedAt &&
            t('countedAt', { time: new Date(insight.countedAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' }) })}
          <span className="dash-live">
            {' · '}
            {live.live ? t('live') : t('notLive')}
          </span>
        </p>
        {insight.versions.length > 1 && (
          <label className="dash-filter">
            {t('version')}
            <select className="cp-field" value={insight.version.id} onChange={(event) => props.onVersion(event.target.value)}>
              {insight.versions.map(({ id, number, attempts }) => (
                <option key={id} value={id}>
                  {t('versionOption', { number, attempts })}
                </option>
              ))}
            </select>
          </label>
        )}
        <NamingChoice insight={insight} onNaming={props.onNaming} />
        <div className="cp-actions dash-actions">
          <CsvButtons tables={tables[tab]} onSave={(table) => void save.start(table)} />
          <Button size="small" onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
      </div>
      <ProblemAlert error={save.error} />
    </header>
  )
}

/** Of one table a button, of several a button each behind one. */
function CsvButtons({ tables: some, onSave }: { tables: readonly InsightTable[]; onSave(table: InsightTable): void }) {
  const [first] = some
  if (first && some.length === 1)
    return (
      <Button size="small" onClick={() => onSave(first)}>
        {t('csv')}
      </Button>
    )
  return (
    <details className="dash-csv">
      <summary>{t('csv')}</summary>
      <ul>
        {some.map((table) => (
          <li key={table}>
            <Button size="small" onClick={() => onSave(table)}>
              {t(`csv-${table}`)}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Whoever shows the page to others can take the names out of it; where the institution wants none, it says so. */
function NamingChoice({ insight: { naming }, onNaming }: { insight: PlacementInsight; onNaming(naming: AskedNaming): void }) {
  if (naming === 'always-pseudonyms') return <p className="dash-quiet">{t('namesNever')}</p>
  return (
    <label className="dash-tick">
      <input
        type="checkbox"
        checked={naming === 'pseudonyms'}
        onChange={(event) => {
          onNaming(event.target.checked ? numbered : undefined)
          announce(t(event.target.checked ? 'namesHidden' : 'namesShown'))
        }}
      />
      <span>{t('hideNames')}</span>
    </label>
  )
}
