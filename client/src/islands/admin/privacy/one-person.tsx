// One person, found by name, mail address or LMS id.
import type { FoundPerson } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useRef, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { PersonCard } from './person-card.tsx'
import { t } from './words.ts'

interface Found {
  readonly text: string
  readonly people: readonly FoundPerson[]
  readonly more: boolean
}

export function OnePerson({ institutionId, onDone }: { institutionId: string; onDone(): Promise<void> }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [said, setSaid] = useState('')
  const outcome = useRef<HTMLParagraphElement>(null)
  const find = useAction(async () => {
    setSaid('')
    const answer = await call('POST /api/admin/privacy/people', { body: { institutionId, text } })
    setFound({ ...answer, text })
    announce(answer.people.length === 0 ? t('nobody', { text }) : t('found', { n: answer.people.length }))
  })
  const erased = async (person: FoundPerson, name: string) => {
    setFound((before) => before && { ...before, people: before.people.filter((one) => one !== person) })
    setSaid(t('erasing', { name }))
    announce(t('erasing', { name }))
    await onDone()
    outcome.current?.focus()
  }
  return (
    <section className="privacy-part">
      <h2>{t('person')}</h2>
      <form
        className="admin-filters"
        onSubmit={(event) => {
          event.preventDefault()
          void find.start()
        }}
      >
        <label>
          {t('find')}
          <input
            className="cp-field"
            required
            maxLength={200}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button type="submit">{t('findGo')}</Button>
      </form>
      <p ref={outcome} tabIndex={-1} className={said ? 'admin-said' : 'cp-sr'}>
        {said}
      </p>
      {find.pending ? <p className="cp-loading">{t('finding')}</p> : null}
      <ProblemAlert error={find.error} />
      {found && found.people.length === 0 && !said ? <p>{t('nobody', { text: found.text })}</p> : null}
      <ul className="admin-cards">
        {found?.people.map((person) => (
          <PersonCard
            key={person.personId}
            institutionId={institutionId}
            person={person}
            onErased={(name) => erased(person, name)}
            onCopied={onDone}
          />
        ))}
      </ul>
      {found?.more ? <p>{t('more')}</p> : null}
    </section>
  )
}
