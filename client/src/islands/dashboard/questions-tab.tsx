// Question by question: how easy, how telling, who gave what; what is worth a look stands first.
import type { ItemInsight, PlacementInsight } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { numeral } from '../../shell/locale.ts'
import { Rich } from '../../shell/rich.tsx'
import { Definition, Figure, ScrollRegion } from './figure.tsx'
import { answerWords, percent, t } from './words.ts'

export function QuestionsTab({ insight }: { insight: PlacementInsight }) {
  const { items } = insight
  const alerts = items.flatMap((item) => item.alerts.map((alert) => ({ item, alert })))
  return (
    <>
      <section className="dash-alerts">
        <div className="dash-given-head">
          <h2>{t('alerts')}</h2>
          <Definition>{t('alertsDef')}</Definition>
        </div>
        {alerts.length === 0 ? (
          <p>{t('noAlerts')}</p>
        ) : (
          <ul>
            {alerts.map(({ item, alert }) => (
              <li key={`${item.questionId} ${alert.code} ${alert.what}`}>
                <a href={`#dash-${item.questionId}`} onClick={(event) => open(event, item.questionId)}>
                  {t('question', { number: item.number })}
                </a>
                {': '}
                {t(`alert-${alert.code}`, { what: answerWords(item.kind, alert.what ?? '') })}{' '}
                <span className="dash-quiet">({t('alertN', { n: alert.n })})</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Figure
        title={t('facility')}
        definition={t('facilityDef')}
        of={t('questions')}
        rows={items.map((item) => ({ label: String(item.number), share: Math.round((item.facility?.value ?? 0) * 100) }))}
        series={[{ key: 'share', name: `${t('facility')} %`, color: '#0e68b3' }]}
      />
      {items.map((item) => (
        <Question key={item.questionId} item={item} thirds={insight.thirds} />
      ))}
    </>
  )
}

/** An address of the frame must not change: its hash would be another page of it for the LMS. */
function open(event: React.MouseEvent, questionId: string): void {
  event.preventDefault()
  const heading = document.getElementById(`dash-${questionId}`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus()
}

const two = (value: number): string => numeral(Math.round(value * 100) / 100)

function Question({ item, thirds }: { item: ItemInsight; thirds: PlacementInsight['thirds'] }) {
  const { n, facility, discrimination } = item
  return (
    <section className="dash-question" aria-labelledby={`dash-${item.questionId}`}>
      <h2 id={`dash-${item.questionId}`} tabIndex={-1}>
        {t('question', { number: item.number })}
      </h2>
      <Rich html={item.prompt} className="dash-prompt" />
      <p className="dash-quiet">{t('firstAttempts', { n: numeral(n) })}</p>
      {item.alerts.map((alert) => (
        <p key={`${alert.code} ${alert.what}`} className="dash-alert">
          {t(`alert-${alert.code}`, { what: answerWords(item.kind, alert.what ?? '') })}
        </p>
      ))}
      <dl className="dash-facts">
        <Fact
          name={t('facility')}
          value={
            facility
              ? t('interval', { value: percent(facility.value), low: percent(facility.low), high: percent(facility.high) })
              : t('unknown')
          }
          definition={t('facilityDef')}
        />
        <Fact
          name={t('discrimination')}
          value={
            discrimination
              ? t('interval', { value: two(discrimination.value), low: two(discrimination.low), high: two(discrimination.high) })
              : t(n < 10 ? 'tooFew' : 'unknown')
          }
          definition={t('discriminationDef')}
        />
        <Fact name={t('right')} value={t('ofN', { count: numeral(item.right), n: numeral(n) })} definition={t('rightDef')} />
        <Fact name={t('blank')} value={t('ofN', { count: numeral(item.blank), n: numeral(n) })} definition={t('blankDef')} />
        <Fact
          name={t('medianSeconds')}
          value={item.medianSeconds === null ? t('unknown') : t('seconds', { seconds: numeral(item.medianSeconds) })}
          definition={t('medianSecondsDef')}
        />
        <Fact name={t('changed')} value={t('ofN', { count: numeral(item.changed), n: numeral(n) })} definition={t('changedDef')} />
      </dl>
      {item.given.length === 0 ? <p>{t('noneGiven')}</p> : <Given item={item} thirds={thirds} />}
    </section>
  )
}

function Fact({ name, value, definition }: { name: string; value: string; definition: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        <Definition>{definition}</Definition>
      </dd>
    </div>
  )
}

/** The first of many different answers that were typed. */
const most = 8

function Given({ item, thirds }: { item: ItemInsight; thirds: PlacementInsight['thirds'] }) {
  const heads = [t('lower'), t('middle'), t('upper')]
  const [all, setAll] = useState(false)
  const long = item.given.length > most + 2
  const shown = long && !all ? item.given.slice(0, most) : item.given
  return (
    <>
      <div className="dash-given-head">
        <h3>{t('given')}</h3>
        <Definition>{t('givenDef')}</Definition>
      </div>
      <ScrollRegion label={`${t('question', { number: item.number })}: ${t('given')}`}>
        <table className="dash-table">
          <caption className="cp-sr">{t('given')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('option')}</th>
              <th scope="col">{t('count')}</th>
              {heads.map((head, at) => (
                <th key={head} scope="col">
                  {head} <span className="dash-quiet">({numeral(thirds[at] ?? 0)})</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.text}>
                <th scope="row">
                  {answerWords(item.kind, row.text)} {row.right === true && <span className="dash-right">{t('isRight')}</span>}
                </th>
                <td>
                  <Meter count={row.count} of={item.n} />
                </td>
                {row.thirds.map((count, at) => (
                  <td key={heads[at]}>
                    <Meter count={count} of={thirds[at] ?? 0} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {long ? (
        <p className="dash-more">
          <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('fewer') : t('allGiven', { n: item.given.length })}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function Meter({ count, of }: { count: number; of: number }) {
  const share = of === 0 ? 0 : Math.min(1, count / of)
  return (
    <span className="dash-meter">
      <span className="dash-meter-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {numeral(count)}
    </span>
  )
}
