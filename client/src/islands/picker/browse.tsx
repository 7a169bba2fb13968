// The first step: five ways to an activity, as tabs over the same choice.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Tabs, TabsPanel } from '@instructure/ui-tabs'
import { announce } from '../../shell/live-region.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { ActivityList } from './activity-list.tsx'
import type { Catalogue } from './catalogue.ts'
import { NewActivity } from './new-activity.tsx'
import { OtherCourses } from './other-courses.tsx'
import { SampleList } from './sample-list.tsx'
import { t } from './words.ts'

export type Tab = 'yours' | 'others' | 'samples' | 'new' | 'video'
const tabs: readonly Tab[] = ['yours', 'others', 'samples', 'new', 'video']

interface Props {
  readonly catalogue: Catalogue
  readonly tab: Tab
  readonly chosen: readonly string[]
  readonly multiple: boolean
  /** For a new quiz, where the LMS already knows one. */
  readonly title: string
  onTab(tab: Tab): void
  onToggle(id: string): void
  onTaken(activity: ActivitySummary): void
  /** A draft of the list was published on the way. */
  onPublished(activity: ActivitySummary): void
  onEdit(activityId: string): void
}

export function Browse({ catalogue, tab, chosen, multiple, title, onTab, onToggle, onTaken, onPublished, onEdit }: Props) {
  const { lists, error } = catalogue
  const waiting =
    error === null ? <p className="picker-empty">{t('loading')}</p> : <ProblemAlert error={error} onRetry={() => void catalogue.reload()} />
  return (
    <Tabs screenReaderLabel={t('tabs')} tabOverflow="stack" onRequestTabChange={(_, { index }) => onTab(tabs[index] ?? 'yours')}>
      <TabsPanel id="yours" renderTitle={t('tabYours')} isSelected={tab === 'yours'} padding="medium 0">
        {lists ? (
          <ActivityList
            activities={lists.activities}
            placed={lists.placed}
            chosen={chosen}
            multiple={multiple}
            onToggle={onToggle}
            onEdit={onEdit}
            onPublished={onPublished}
            onSamples={() => onTab('samples')}
            onWrite={() => onTab('new')}
          />
        ) : (
          waiting
        )}
      </TabsPanel>
      <TabsPanel id="others" renderTitle={t('tabOthers')} isSelected={tab === 'others'} padding="medium 0">
        {tab === 'others' && (
          <OtherCourses
            onCopied={(activity) => {
              if (activity.published) return onTaken(activity)
              announce(t('copiedDraft', { title: activity.title }))
              onEdit(activity.id)
            }}
          />
        )}
      </TabsPanel>
      <TabsPanel id="samples" renderTitle={t('tabSamples')} isSelected={tab === 'samples'} padding="medium 0">
        {lists ? <SampleList samples={lists.samples} onTaken={onTaken} /> : waiting}
      </TabsPanel>
      <TabsPanel id="new" renderTitle={t('tabNew')} isSelected={tab === 'new'} padding="medium 0">
        <NewActivity kind="quiz" title={title} onStarted={onEdit} />
      </TabsPanel>
      <TabsPanel id="video" renderTitle={t('tabVideo')} isSelected={tab === 'video'} padding="medium 0">
        <NewActivity kind="video" title={title} onStarted={onEdit} />
      </TabsPanel>
    </Tabs>
  )
}
