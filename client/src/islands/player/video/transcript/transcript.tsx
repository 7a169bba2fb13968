// The transcript beside the video: follows along, can be searched, each line leads to its moment. One stop for Tab: arrows move inside.
import type { Playback } from '@cuepoint/contracts'
import { useEffect, useId, useState } from 'react'
import { PlainButton } from '../../../../shell/plain-button.tsx'
import { firstLanguage } from '../controls/use-captions.ts'
import { t } from '../words.ts'
import { TranscriptLines } from './lines.tsx'
import { useTranscript } from './use-transcript.ts'
import { lineAt } from './vtt.ts'

interface Props {
  readonly captions: Playback['captions']
  readonly at: number
  seek(to: number): void
  /** A question is due: the transcript waits folded up. */
  readonly quiet: boolean
}

export function Transcript({ captions, at, seek, quiet }: Props) {
  const id = useId()
  const [wide] = useState(() => matchMedia('(min-width: 62rem)').matches)
  const [open, setOpen] = useState(wide)
  const [captionId, setCaptionId] = useState(() => captions.find(({ language }) => language === firstLanguage(captions))?.id ?? '')
  const caption = captions.find((one) => one.id === captionId) ?? captions[0]
  const { lines, failed, again } = useTranscript(open && !quiet ? (caption?.url ?? null) : null)
  const [search, setSearch] = useState('')
  const [follow, setFollow] = useState(true)
  const [place, setPlace] = useState(0)
  const wanted = search.trim().toLocaleLowerCase()
  const found = lines && wanted ? lines.flatMap((line, index) => (line.text.toLocaleLowerCase().includes(wanted) ? [index] : [])) : []
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first place
  useEffect(() => setPlace(0), [wanted])
  const shown = open && !quiet
  return (
    <section className="cpv-transcript" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <button type="button" aria-expanded={shown} disabled={quiet} onClick={() => setOpen(!open)}>
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <path
              d={shown ? 'M17 15l-5-5-5 5-1.400-1.400L12 7.200l6.400 6.400z' : 'M7 9l5 5 5-5 1.400 1.400L12 16.800l-6.400-6.400z'}
              fill="currentColor"
            />
          </svg>
          {t('transcript')}
        </button>
      </h2>
      {shown ? (
        <>
          <div className="cpv-transcript-tools">
            {captions.length > 1 ? (
              <label>
                <span className="cp-sr">{t('transcriptLanguage')}</span>
                <select className="cp-field" value={caption?.id} onChange={(event) => setCaptionId(event.target.value)}>
                  {captions.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.label}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
            <input
              type="search"
              className="cp-field"
              aria-label={t('transcriptSearch')}
              placeholder={t('transcriptSearch')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && found.length > 0) setPlace((before) => (before + 1) % found.length)
              }}
            />
            {wanted ? (
              <p className="cpq-hint" role="status">
                {found.length === 0 ? t('transcriptNone') : t('transcriptFound', { n: found.length })}
              </p>
            ) : null}
            {found.length > 1 ? (
              <PlainButton small onClick={() => setPlace((before) => (before + 1) % found.length)}>
                {t('transcriptNext')}
              </PlainButton>
            ) : null}
            <label className="cpv-tick">
              <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />
              <span>{t('transcriptFollow')}</span>
            </label>
          </div>
          {lines ? (
            <TranscriptLines
              lines={lines}
              language={caption?.language ?? 'en'}
              current={lineAt(lines, at)}
              wanted={wanted}
              place={wanted ? (found[place] ?? null) : null}
              follow={follow && !wanted}
              seek={seek}
            />
          ) : failed ? (
            <p>
              {t('transcriptFailed')}{' '}
              <button type="button" className="cpq-link" onClick={again}>
                {t('tryAgain')}
              </button>
            </p>
          ) : (
            <p className="cp-loading">{t('transcriptLoading')}</p>
          )}
        </>
      ) : null}
    </section>
  )
}
