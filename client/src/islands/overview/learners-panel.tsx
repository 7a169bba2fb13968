// Everybody with a result or on the class list: counts that filter, the table, and how fresh it is.
import { useState } from 'react'
import { Notice } from '../../shell/notice.tsx'
import { Freshness } from './freshness.tsx'
import { GradebookBar } from './gradebook-bar.tsx'
import { Groups } from './groups.tsx'
import { LearnerTable } from './learner-table.tsx'
import { countsOf, type Group, inGroup, inOrder, type Order } from './learners.ts'
import { Naming } from './naming.tsx'
import { RosterBar } from './roster-bar.tsx'
import { rt } from './roster-words.ts'
import { SectionChoice } from './section-choice.tsx'
import { everyone, firstSectionOf, inSection } from './sections.ts'
import type { LiveOverview } from './use-overview.ts'
import { t } from './words.ts'

interface Props {
  readonly live: LiveOverview
  readonly platform: string
  readonly locale: string
  readonly mayChange: boolean
  onOpen(personId: string): void
}

export function Learners({ live, platform, locale, mayChange, onOpen }: Props) {
  const { learners: everybody, takesScores, title, groups, roster } = live.overview
  const [chosen, setChosen] = useState<string | null>(null)
  const wanted = chosen ?? firstSectionOf(groups)
  // A section may be gone since.
  const sectionId = groups.some((it) => it.id === wanted) ? wanted : everyone
  const learners = inSection(everybody, sectionId)
  const [group, setGroup] = useState<Group>('all')
  const [order, setOrder] = useState<Order>({ by: 'name', direction: 'ascending' })
  const rows = inOrder(inGroup(learners, group), order, locale)
  return (
    <section aria-labelledby="overview-learners">
      <div className="overview-bar">
        <h2 id="overview-learners">{t('learners')}</h2>
        <Freshness live={live} />
      </div>
      <Naming live={live} mayChange={mayChange} />
      <RosterBar live={live} platform={platform} />
      {takesScores && <GradebookBar live={live} platform={platform} mayChange={mayChange} />}
      {!takesScores && (
        <Notice kind="info">
          <p>{t('noColumn', { platform })}</p>
        </Notice>
      )}
      <SectionChoice groups={groups} chosen={sectionId} onChoose={setChosen} />
      {learners.length === 0 ? (
        <div className="overview-empty">
          <p>
            <strong>{sectionId !== everyone ? rt('roster.emptySection') : roster?.refreshedAt ? rt('roster.nobody') : t('empty')}</strong>
          </p>
          {sectionId === everyone && (
            <p>{roster?.refreshedAt ? rt('roster.nobodyHelp', { platform }) : t('emptyHelp', { title, platform })}</p>
          )}
        </div>
      ) : (
        <>
          <Groups counts={countsOf(learners)} group={group} onGroup={setGroup} />
          {rows.length === 0 ? (
            <p className="overview-empty">{t('noMatch')}</p>
          ) : (
            <LearnerTable rows={rows} order={order} onOrder={setOrder} takesScores={takesScores} platform={platform} onOpen={onOpen} />
          )}
        </>
      )}
    </section>
  )
}
