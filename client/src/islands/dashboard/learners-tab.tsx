// Each learner: how far, and facts why a word may help; with a message to copy. The tool mails nobody.
import type { LearnerInsight, PlacementInsight } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Definition, ScrollRegion } from './figure.tsx'
import { nameOf, percent, t } from './words.ts'

const groups = {
  everybody: () => true,
  withReasons: ({ concerns }: LearnerInsight) => concerns.length > 0,
  notStarted: ({ state }: LearnerInsight) => state === 'not-started',
  stuck: ({ concerns }: LearnerInsight) => concerns.some(({ code }) => code === 'stopped'),
} as const
export type Group = keyof typeof groups

interface Props {
  readonly insight: PlacementInsight
  readonly locale: string
  readonly group: Group
  onGroup(group: Group): void
  /** Whose page was looked at: the focus goes on there. */
  readonly from: string | null
  onOpen(personId: string): void
}

export function LearnersTab({ insight, locale, group, onGroup, from, onOpen }: Props) {
  const back = useFocusOnShow<HTMLButtonElement>()
  const shown = insight.learners.filter(groups[group])
  const count = (one: Group) => insight.learners.filter(groups[one]).length
  const isVideo = insight.kind === 'video'
  return (
    <>
      <div className="dash-given-head">
        <label className="dash-filter">
          {t('show')}
          <select className="cp-field" value={group} onChange={(event) => onGroup(event.target.value as Group)}>
            {(Object.keys(groups) as Group[]).map((one) => (
              <option key={one} value={one}>
                {t(one)} ({count(one)})
              </option>
            ))}
          </select>
        </label>
        <Definition summary={t('reasonsWhat')}>{t('concernsDef')}</Definition>
      </div>
      {group === 'notStarted' && shown.length > 0 && <Message text={t('messageNotStarted', { title: insight.title })} />}
      {group === 'stuck' && shown.length > 0 && <Message text={t('messageStuck', { title: insight.title })} />}
      {shown.length === 0 ? (
        <p>{t('noMatch')}</p>
      ) : (
        <ScrollRegion label={t('learnersCaption')}>
          <table className="dash-table dash-stack">
            <caption className="cp-sr">{t('learnersCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('name')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col">{t('score')}</th>
                {isVideo && <th scope="col">{t('watched')}</th>}
                <th scope="col">{t('reasons')}</th>
                <th scope="col">{t('lastActive')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.personId}>
                  <th scope="row">
                    <button
                      ref={one.personId === from ? back : undefined}
                      type="button"
                      className="dash-link"
                      onClick={() => onOpen(one.personId)}
                    >
                      {nameOf(one)}
                    </button>
                  </th>
                  <td data-label={t('state')}>{t(`state-${one.state}`)}</td>
                  <td data-label={t('score')}>{one.share === null ? '–' : percent(one.share)}</td>
                  {isVideo && <td data-label={t('watched')}>{one.watchedShare === null ? '–' : percent(one.watchedShare)}</td>}
                  <td data-label={t('reasons')}>
                    <Concerns of={one.concerns} />
                  </td>
                  <td data-label={t('lastActive')}>
                    {one.lastActiveAt
                      ? new Date(one.lastActiveAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
                      : t('never')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  )
}

export function Concerns({ of }: { of: LearnerInsight['concerns'] }) {
  if (of.length === 0) return <span className="dash-quiet">{t('noConcern')}</span>
  return (
    <ul className="dash-plain">
      {of.map(({ code, value }) => (
        <li key={code}>{t(`concern-${code}`, { value: value ?? '' })}</li>
      ))}
    </ul>
  )
}

function Message({ text }: { text: string }) {
  const [done, setDone] = useState<'copied' | 'copyFailed' | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setDone('copied')
    } catch {
      // An LMS's frame may not be allowed to.
      setDone('copyFailed')
    }
  }
  return (
    <section className="dash-message">
      <h3>{t('message')}</h3>
      <p className="dash-quiet">{t('messageHelp')}</p>
      <textarea className="cp-field" readOnly rows={3} value={text} aria-label={t('message')} />
      <div className="cp-actions">
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <span role="status">{done ? t(done) : null}</span>
      </div>
    </section>
  )
}
