// A person who was found: who they are, and the two things that they may ask for.
import type { FoundPerson } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { announce } from '../../../shell/live-region.tsx'
import { dayAndTime } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { EraseForm } from './erase-form.tsx'
import { savePerson } from './save-person.ts'
import { t } from './words.ts'

interface Props {
  readonly institutionId: string
  readonly person: FoundPerson
  onErased(name: string): Promise<void>
  onCopied(): Promise<void>
}

export function PersonCard({ institutionId, person, onErased, onCopied }: Props) {
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const { personId, externalId, email, courses, lastSeenAt } = person
  const name = person.name || t('unnamed')
  const copy = useAction(async () => {
    const file = await savePerson(institutionId, personId)
    setSaid(t('copied', { name: file }))
    announce(t('copied', { name: file }))
    await onCopied()
  })
  return (
    <li className="admin-card">
      <p className="admin-card-title">{name}</p>
      <p className="privacy-facts">{[email, t('lmsId', { id: externalId })].filter(Boolean).join(' · ')}</p>
      {courses.length > 0 ? <p>{courses.join(', ')}</p> : null}
      <p className="admin-quiet">{lastSeenAt ? t('seen', { time: dayAndTime(lastSeenAt) }) : t('neverSeen')}</p>
      {said ? <p className="admin-said">{said}</p> : null}
      {asking ? (
        <EraseForm
          institutionId={institutionId}
          personId={personId}
          name={person.name || externalId}
          onCancel={() => setAsking(false)}
          onErased={() => onErased(name)}
        />
      ) : (
        <div className="cp-actions">
          <Button size="small" onClick={() => void copy.start()}>
            {t('copy')} <span className="cp-sr">{name}</span>
          </Button>
          <Button size="small" onClick={() => setAsking(true)}>
            {t('erase')} <span className="cp-sr">{name}</span>
          </Button>
        </div>
      )}
      <ProblemAlert error={copy.error} />
    </li>
  )
}
