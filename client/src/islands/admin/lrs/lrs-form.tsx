// The settings of one LRS. Its secret is never shown again: an empty field keeps it.
import type { ActorName, LrsDesk, LrsState, XapiVersion } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { type ReactNode, useId, useState } from 'react'
import { call } from '../../../api/call.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { t } from './words.ts'

interface Props {
  readonly desk: LrsDesk
  /** null = a new one. */
  readonly lrs: LrsState | null
  onSaved(): Promise<void>
  onCancel(): void
}

const actors: ActorName[] = ['account', 'pseudonym', 'mail']
const versions: XapiVersion[] = ['1.0.3', '2.0.0']

export function LrsForm({ desk, lrs, onSaved, onCancel }: Props) {
  const id = useId()
  const [it, setIt] = useState({
    institutionId: lrs?.institution.id ?? desk.institutions[0]?.id ?? '',
    name: lrs?.name ?? '',
    url: lrs?.url ?? '',
    xapiVersion: lrs?.xapiVersion ?? '1.0.3',
    username: lrs?.username ?? '',
    actor: lrs?.actor ?? 'account',
    events: lrs?.events ?? null,
  })
  const [password, setPassword] = useState('')
  const change = (some: Partial<typeof it>) => setIt((before) => ({ ...before, ...some }))
  const save = useAction(async () => {
    await call('POST /api/admin/lrs', { body: { ...it, lrsId: lrs?.id ?? null, password: password || null } })
    await onSaved()
  })
  const field = (name: 'name' | 'url' | 'username', hint?: string) => (
    <Labelled id={`${id}${name}`} words={t(name)} hint={hint}>
      <input
        className="cp-field"
        id={`${id}${name}`}
        aria-describedby={hint ? `${id}${name}-hint` : undefined}
        required
        type={name === 'url' ? 'url' : 'text'}
        autoComplete="off"
        value={it[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Labelled>
  )
  const choice = <T extends string>(
    name: 'institutionId' | 'xapiVersion' | 'actor',
    words: string,
    of: readonly (readonly [T, string])[],
  ) => (
    <Labelled id={`${id}${name}`} words={words}>
      <select
        className="cp-field"
        id={`${id}${name}`}
        disabled={name === 'institutionId' && lrs !== null}
        value={it[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      >
        {of.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  )
  return (
    <form
      className="lrs-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save.start()
      }}
    >
      {choice(
        'institutionId',
        t('institution'),
        desk.institutions.map((one) => [one.id, one.name] as const),
      )}
      {field('name')}
      {field('url', t('urlHint'))}
      {field('username')}
      <Labelled id={`${id}password`} words={t('password')} hint={lrs ? t('passwordKept') : undefined}>
        <input
          className="cp-field"
          id={`${id}password`}
          aria-describedby={lrs ? `${id}password-hint` : undefined}
          type="password"
          autoComplete="new-password"
          required={lrs === null}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Labelled>
      {choice(
        'xapiVersion',
        t('version'),
        versions.map((one) => [one, one] as const),
      )}
      {choice(
        'actor',
        t('actor'),
        actors.map((one) => [one, t(`actor.${one}`)] as const),
      )}
      <Events all={desk.events} chosen={it.events} onChange={(events) => change({ events })} />
      <div className="cp-actions">
        <Button type="submit" color="primary">
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <ProblemAlert error={save.error} />
    </form>
  )
}

function Labelled({ id, words, hint, children }: { id: string; words: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className="lrs-field">
      <label htmlFor={id}>{words}</label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="admin-quiet">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** null = every kind. */
function Events(props: { all: readonly string[]; chosen: string[] | null; onChange(events: string[] | null): void }) {
  const { all, chosen, onChange } = props
  const name = useId()
  return (
    <fieldset className="lrs-events">
      <legend>{t('events')}</legend>
      {[true, false].map((every) => (
        <label key={String(every)}>
          <input type="radio" name={name} checked={(chosen === null) === every} onChange={() => onChange(every ? null : [...all])} />{' '}
          {t(every ? 'events.all' : 'events.some')}
        </label>
      ))}
      {chosen
        ? all.map((one) => (
            <label key={one} className="lrs-event">
              <input
                type="checkbox"
                checked={chosen.includes(one)}
                onChange={(event) => onChange(event.target.checked ? [...chosen, one] : chosen.filter((it) => it !== one))}
              />{' '}
              <code>{one}</code>
            </label>
          ))
        : null}
    </fieldset>
  )
}
