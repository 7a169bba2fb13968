// The course's topics to be renamed or deleted. In place, not in a dialog: a frame as high as its page has no middle to put one.
import { useState } from 'react'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from '../words.ts'
import { TopicRow } from './topic-row.tsx'
import type { Topics } from './use-topics.ts'

export function TopicList({ topics }: { topics: Topics }) {
  const [open, setOpen] = useState<string | null>(null)
  const deed = useAction(async (run: () => Promise<void>) => {
    await run()
    setOpen(null)
  })
  return (
    <>
      <p className="au-hint">{t('topicsManageHint')}</p>
      <ProblemAlert error={deed.error} />
      <ul className="au-topic-list">
        {topics.list?.map((topic) => (
          <TopicRow
            key={topic.id}
            topic={topic}
            open={open === topic.id}
            pending={deed.pending}
            onOpen={(is) => {
              deed.clear()
              setOpen(is ? topic.id : null)
            }}
            onRename={(name) => void deed.start(() => topics.rename(topic.id, name))}
            onRemove={() => void deed.start(() => topics.remove(topic.id))}
          />
        ))}
      </ul>
    </>
  )
}
