// A chart with its table: the picture is for the eye, the table says the same to everybody.
import type { ReactNode } from 'react'
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { t } from './words.ts'

export interface Series {
  key: string
  name: string
  color: string
}

interface Props {
  readonly title: string
  readonly definition: string
  /** Head of the first column. */
  readonly of: string
  readonly rows: readonly ({ label: string } & Record<string, number | string>)[]
  readonly series: readonly Series[]
  /** One on top of the other. */
  readonly stacked?: boolean
  /** Bars lie, each beside its words and with its number: for a few steps or groups. */
  readonly lying?: boolean
  readonly height?: number
  readonly children?: ReactNode
}

const ink = { fontSize: 12, fill: '#586874' }
const moves = () => !window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function Figure({ title, definition, of, rows, series, stacked = false, lying = false, height = 220, children }: Props) {
  return (
    <figure className="dash-figure">
      <figcaption>
        <h3>{title}</h3>
        <Definition>{definition}</Definition>
      </figcaption>
      {children}
      <div className="dash-chart" aria-hidden="true" style={{ height }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={[...rows]}
            layout={lying ? 'vertical' : 'horizontal'}
            margin={lying ? { top: 8, right: 40, bottom: 0, left: 0 } : { top: 8, right: 8, bottom: 0, left: -16 }}
            accessibilityLayer={false}
          >
            {lying ? null : <CartesianGrid vertical={false} stroke="#d7dade" />}
            {lying ? <XAxis type="number" hide /> : <XAxis dataKey="label" tick={ink} interval="preserveStartEnd" minTickGap={12} />}
            {lying ? (
              <YAxis type="category" dataKey="label" width={104} tick={ink} axisLine={false} tickLine={false} interval={0} />
            ) : (
              <YAxis allowDecimals={false} tick={ink} />
            )}
            <Tooltip cursor={{ fill: '#f2f4f4' }} />
            {series.map(({ key, name, color }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                fill={color}
                maxBarSize={72}
                isAnimationActive={moves()}
                {...(stacked ? { stackId: 'all' } : {})}
              >
                {lying ? <LabelList dataKey={key} position="right" fontSize={14} fill="#273540" /> : null}
              </Bar>
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      {series.length > 1 && (
        <ul className="dash-legend" aria-hidden="true">
          {series.map(({ key, name, color }) => (
            <li key={key}>
              <span className="dash-swatch" style={{ background: color }} /> {name}
            </li>
          ))}
        </ul>
      )}
      <details className="dash-table-of">
        <summary>{t('asTable')}</summary>
        <ScrollRegion label={title}>
          <table className="dash-table">
            <caption className="cp-sr">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{of}</th>
                {series.map(({ key, name }) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  {series.map(({ key }) => (
                    <td key={key}>{row[key]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </figure>
  )
}

/** What a figure means, one click away. */
export function Definition({ summary = t('whatIs'), children }: { summary?: string; children: ReactNode }) {
  return (
    <details className="dash-definition">
      <summary>{summary}</summary>
      <p>{children}</p>
    </details>
  )
}

/** One number with its name. */
export function KeyFigure({ name, value, definition }: { name: string; value: string; definition: string }) {
  return (
    <div className="dash-number">
      <dt>{name}</dt>
      <dd>
        <span className="dash-value">{value}</span>
        <Definition>{definition}</Definition>
      </dd>
    </div>
  )
}

/** A table that may be wider than the page: it scrolls by itself, with the keyboard too. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="dash-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
