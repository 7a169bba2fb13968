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
const tables = { class: 'class', questions: 'given', video: 'video', learners: 'class' } as const satisfies Record<string, InsightTable>
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
  const save = useAction(async () => {
    const params = { placementId: insight.placementId, versionId: props.versionId, table: tables[tab] }
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
          {' · '}
          {live.live ? t('live') : t('notLive')}
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
          <Button size="small" onClick={() => void save.start()}>
            {t('csv')}
          </Button>
          <Button size="small" onClick={() => window.print()}>
            {t('print')}
          </Button>
        </div>
      </div>
      <ProblemAlert error={save.error} />
    </header>
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
