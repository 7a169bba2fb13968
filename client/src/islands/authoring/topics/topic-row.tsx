// One topic of the course: its name; opened, a field to rename it and a button that deletes it everywhere.
import type { Topic } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { useEffect, useRef, useState } from 'react'
import { t } from '../words.ts'

interface Props {
  readonly topic: Topic
  readonly open: boolean
  readonly pending: boolean
  onOpen(open: boolean): void
  onRename(name: string): void
  onRemove(): void
}

export function TopicRow({ topic, open, pending, onOpen, onRename, onRemove }: Props) {
  const [name, setName] = useState(topic.name)
  const input = useRef<HTMLInputElement | null>(null)
  useEffect(() => {
    if (open) input.current?.select()
  }, [open])
  const interaction = pending ? 'readonly' : 'enabled'
  if (!open) {
    return (
      <li>
        <span>{topic.name}</span>
        <Button size="small" aria-label={t('topicChange', { name: topic.name })} onClick={() => onOpen(true)}>
          {t('change')}
        </Button>
      </li>
    )
  }
  return (
    <li>
      <TextInput
        renderLabel={t('topicName', { name: topic.name })}
        value={name}
        maxLength={100}
        width="16rem"
        inputRef={(element) => {
          input.current = element
        }}
        onChange={(_, text) => setName(text)}
      />
      <div className="au-buttons">
        <Button size="small" color="primary" interaction={interaction} onClick={() => name.trim() && onRename(name.trim())}>
          {t('rename')}
        </Button>
        <Button size="small" color="danger" withBackground={false} interaction={interaction} onClick={onRemove}>
          {t('topicDelete')}
        </Button>
        <Button size="small" onClick={() => onOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </li>
  )
}
