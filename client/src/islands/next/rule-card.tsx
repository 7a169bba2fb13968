// One rule, read as a sentence: when, and what then.
import { Button } from '@instructure/ui-buttons'
import type { ReactNode } from 'react'
import { percent } from '../../shell/locale.ts'
import type { CardProps } from './card-props.ts'
import { ScoreThen } from './score-then.tsx'
import { nameOf, t } from './words.ts'

export function RuleCard(props: CardProps & { onRemove(): void }) {
  const { draft, number, mayChange, onRemove } = props
  return (
    <fieldset className="next-rule">
      <legend>{t(`rule.${draft.when}`, { number })}</legend>
      <Sentence {...props} />
      {mayChange ? (
        <p className="next-remove">
          <Button size="small" onClick={onRemove}>
            {t('remove', { number })}
          </Button>
        </p>
      ) : null}
    </fieldset>
  )
}

function Sentence(props: CardProps) {
  const { draft, view, onChange } = props
  switch (draft.when) {
    case 'score-below':
      return (
        <>
          <ShareChoice label={t('scoreBelow')} share={draft.share} onChange={(share) => onChange({ share })} />
          <ScoreThen {...props} />
        </>
      )
    case 'watched-below':
      return (
        <>
          <ShareChoice label={t('watchedBelow')} share={draft.share} onChange={(share) => onChange({ share })} />
          <p>{t('watchedThen')}</p>
        </>
      )
    case 'topic-wrong':
      return (
        <>
          <Choice label={t('topic')} value={draft.topicId} onChange={(topicId) => onChange({ topicId })}>
            <option value="">{t('topicAny')}</option>
            {view.topics.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
          <Choice label={t('topicTimes')} value={String(draft.times)} onChange={(times) => onChange({ times: Number(times) })}>
            {Array.from({ length: Math.max(10, draft.times) }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is
              <option key={at} value={at + 1}>
                {t('times', { n: at + 1 })}
              </option>
            ))}
          </Choice>
          <p>{t('topicThen')}</p>
          {view.topics.length === 0 ? <p className="next-means">{t('noTopics')}</p> : null}
        </>
      )
    case 'score-from':
      return (
        <>
          <ShareChoice label={t('scoreFrom')} share={draft.share} onChange={(share) => onChange({ share })} />
          <Choice label={t('thenActivity')} value={draft.activityId} onChange={(activityId) => onChange({ activityId })}>
            <option value="">{t('choose')}</option>
            {view.activities.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
          </Choice>
          {view.activities.length === 0 ? <p className="next-means">{t('noActivities')}</p> : null}
        </>
      )
  }
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly children: ReactNode
  onChange(value: string): void
}

function Choice({ label, value, children, onChange }: ChoiceProps) {
  return (
    <label className="next-choice">
      <span>{label}</span>
      <select className="cp-field" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  )
}

const steps = Array.from({ length: 20 }, (_, at) => (at + 1) * 5)

/** In steps of 5 %; another one that stands already stays to be chosen. */
function ShareChoice({ label, share, onChange }: { label: string; share: number; onChange(share: number): void }) {
  const own = Math.round(share * 100)
  const all = [...new Set([...steps, own])].sort((a, b) => a - b)
  return (
    <Choice label={label} value={String(own)} onChange={(value) => onChange(Number(value) / 100)}>
      {all.map((it) => (
        <option key={it} value={it}>
          {percent(it / 100)}
        </option>
      ))}
    </Choice>
  )
}
