// The pictures of the video and its questions, along the same line as the chart below them. What they say stands in the tables too.
import type { WatchInsight } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { type Frame, useStoryboard } from '../../shell/storyboard.ts'
import { percent, t } from './words.ts'
import './film.css'

/** Side by side; on a small screen every third (film.css). */
const shown = 15
const high = 54

export function Pictures({ watch: { assetId, durationSeconds, cues } }: { watch: WatchInsight }) {
  const frames = useStoryboard(useStoryboardUrl(assetId))
  if (durationSeconds <= 0 || (frames.length === 0 && cues.length === 0)) return null
  return (
    <div className="dash-film" aria-hidden="true">
      {frames.length > 0 && (
        <div className="dash-pictures">
          {Array.from({ length: shown }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its place along the line is what it is
            <Picture key={at} frame={frameAt(frames, ((at + 0.5) * durationSeconds) / shown)} />
          ))}
        </div>
      )}
      {cues.length > 0 && (
        <ul className="dash-cues">
          {cues.map(({ questionId, number, atSeconds, firstTries, wrong }) => (
            <li key={questionId} {...placeOf(atSeconds / durationSeconds)}>
              {t('cueMark', { number })} {firstTries > 0 && <strong>{percent(wrong / firstTries)}</strong>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Words that begin far to the right end at their line instead. */
function placeOf(share: number) {
  return share > 0.6
    ? { className: 'dash-cue-left', style: { insetInlineEnd: `${(1 - share) * 100}%` } }
    : { style: { insetInlineStart: `${share * 100}%` } }
}

const frameAt = (frames: readonly Frame[], seconds: number): Frame | undefined =>
  frames.findLast(({ from }) => from <= seconds) ?? frames[0]

function Picture({ frame }: { frame: Frame | undefined }) {
  if (!frame) return null
  const { url, x, y, width, height } = frame
  const scale = high / height
  const style = {
    left: `calc(50% - ${(width * scale) / 2}px)`,
    width,
    height,
    backgroundImage: `url("${url}")`,
    backgroundPosition: `-${x}px -${y}px`,
    transform: `scale(${scale})`,
  }
  return (
    <span>
      <i style={style} />
    </span>
  )
}

/** Null until it is known, and where the video is not there any more: then there are simply no pictures. */
function useStoryboardUrl(assetId: string | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    setUrl(null)
    if (assetId === null) return undefined
    let left = false
    call('GET /api/assets/:assetId/playback', { params: { assetId } }).then(
      ({ storyboardUrl }) => left || setUrl(storyboardUrl),
      () => {},
    )
    return () => {
      left = true
    }
  }, [assetId])
  return url
}
