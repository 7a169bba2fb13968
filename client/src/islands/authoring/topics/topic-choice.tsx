// Which topics a question is about: tick boxes of the course's list, and a field for one that is not there yet.
import { Button } from '@instructure/ui-buttons'
import { Checkbox } from '@instructure/ui-checkbox'
import { TextInput } from '@instructure/ui-text-input'
import { type KeyboardEvent, useState } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { Disclosure } from '../fields/disclosure.tsx'
import { t } from '../words.ts'
import { TopicList } from './topic-list.tsx'
import type { Topics } from './use-topics.ts'

/** The contract's limit per question. */
const MOST = 20

interface Props {
  readonly topics: Topics
  readonly chosen: readonly string[]
  onChosen(topicIds: string[]): void
}

export function TopicChoice({ topics, chosen, onChosen }: Props) {
  const [name, setName] = useState('')
  const adding = useAction(async () => {
    const topic = await topics.create(name.trim())
    setName('')
    if (!chosen.includes(topic.id) && chosen.length < MOST) onChosen([...chosen, topic.id])
    announce(t('topicAdded', { name: topic.name }))
  })
  const add = () => {
    if (name.trim()) void adding.start()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  const toggle = (id: string) => onChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  if (topics.error !== null) return <ProblemAlert error={topics.error} onRetry={() => void topics.load()} />
  if (!topics.list) return <p className="cp-loading">{t('topicsLoading')}</p>
  return (
    <>
      <fieldset className="au-topics">
        <legend className="cp-sr">{t('topics')}</legend>
        {topics.list.length === 0 && <p className="au-quiet">{t('topicsNone')}</p>}
        {topics.list.map((topic) => (
          <Checkbox
            key={topic.id}
            label={topic.name}
            checked={chosen.includes(topic.id)}
            disabled={!chosen.includes(topic.id) && chosen.length >= MOST}
            onChange={() => toggle(topic.id)}
          />
        ))}
      </fieldset>
      <ProblemAlert error={adding.error} onRetry={add} />
      <div className="au-inline-form">
        <TextInput
          renderLabel={t('topicNew')}
          value={name}
          maxLength={100}
          width="16rem"
          onKeyDown={press}
          onChange={(_, text) => setName(text)}
        />
        <Button interaction={adding.pending ? 'readonly' : 'enabled'} onClick={add}>
          {adding.pending ? t('topicAdding') : t('topicAdd')}
        </Button>
      </div>
      {topics.list.length > 0 && (
        <Disclosure title={t('topicsManage')}>
          <TopicList topics={topics} />
        </Disclosure>
      )}
    </>
  )
}
