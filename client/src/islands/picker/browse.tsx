// The first step: three ways to an activity, as tabs over the same choice.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Tabs, TabsPanel } from '@instructure/ui-tabs'
import { ProblemAlert } from '../../shell/problem.tsx'
import { ActivityList } from './activity-list.tsx'
import type { Catalogue } from './catalogue.ts'
import { NewQuiz } from './new-quiz.tsx'
import { SampleList } from './sample-list.tsx'
import { t } from './words.ts'

export type Tab = 'yours' | 'samples' | 'new'
const tabs: readonly Tab[] = ['yours', 'samples', 'new']

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
  onEdit(activityId: string): void
}

export function Browse({ catalogue, tab, chosen, multiple, title, onTab, onToggle, onTaken, onEdit }: Props) {
  const { lists, error } = catalogue
  const waiting =
    error === null ? <p className="picker-empty">{t('loading')}</p> : <ProblemAlert error={error} onRetry={() => void catalogue.reload()} />
  return (
    <Tabs screenReaderLabel={t('tabs')} tabOverflow="stack" onRequestTabChange={(_, { index }) => onTab(tabs[index] ?? 'yours')}>
      <TabsPanel id="yours" renderTitle={t('tabYours')} isSelected={tab === 'yours'} padding="medium 0">
        {lists ? (
          <ActivityList
            activities={lists.activities}
            chosen={chosen}
            multiple={multiple}
            onToggle={onToggle}
            onEdit={onEdit}
            onSamples={() => onTab('samples')}
            onWrite={() => onTab('new')}
          />
        ) : (
          waiting
        )}
      </TabsPanel>
      <TabsPanel id="samples" renderTitle={t('tabSamples')} isSelected={tab === 'samples'} padding="medium 0">
        {lists ? <SampleList samples={lists.samples} onTaken={onTaken} /> : waiting}
      </TabsPanel>
      <TabsPanel id="new" renderTitle={t('tabNew')} isSelected={tab === 'new'} padding="medium 0">
        <NewQuiz title={title} onStarted={onEdit} />
      </TabsPanel>
    </Tabs>
  )
}
