// Where a video comes from: a file that is dropped or chosen, or one that the course has already.

import { Button } from '@instructure/ui-buttons'
import { type DragEvent, useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../../../api/call.ts'
import { call } from '../../../../api/call.ts'
import { clockOf } from '../../../../shell/clock-time.ts'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { vt } from '../words.ts'
import { FileButton } from './file-button.tsx'
import { sizeOf } from './sizes.ts'

type Shelf = ReplyOf<'GET /api/assets'>

export function ChooseVideo({ onFile, onAsset }: { onFile(file: File): void; onAsset(assetId: string): void }) {
  const [shelf, setShelf] = useState<Shelf | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const load = useCallback(() => {
    setError(null)
    call('GET /api/assets', {}).then(setShelf, setError)
  }, [])
  useEffect(load, [load])
  const take = (file: File) => {
    const why = refusalOf(file, shelf?.limits ?? null)
    setRefusal(why)
    if (why === null) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) take(file)
  }
  const videos =
    shelf?.assets.filter(({ kind, state }) => (kind === 'video' || kind === 'audio') && (state === 'ready' || state === 'processing')) ?? []
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the button inside is the way for everyone */}
      <div
        className="vau-drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>
          <strong>{vt('drop')}</strong>
        </p>
        <FileButton primary onFile={take}>
          {vt('choose')}
        </FileButton>
        {shelf ? (
          <p className="au-hint">
            {vt('dropHint', { size: sizeOf(shelf.limits.maxFileBytes) })}{' '}
            {vt('quota', { used: sizeOf(shelf.limits.courseUsedBytes), quota: sizeOf(shelf.limits.courseQuotaBytes) })}
          </p>
        ) : null}
        {refusal ? (
          <p className="au-warn" role="alert">
            {refusal}
          </p>
        ) : null}
      </div>
      {error !== null ? <ProblemAlert error={error} onRetry={load} /> : null}
      {videos.length > 0 ? (
        <>
          <h3>{vt('existing')}</h3>
          <ul className="vau-shelf">
            {videos.map(({ id, name, durationSeconds, bytes }) => (
              <li key={id}>
                <span>
                  {name}{' '}
                  <span className="au-quiet">
                    {durationSeconds === null ? sizeOf(bytes) : vt('readyFacts', { length: clockOf(durationSeconds), size: sizeOf(bytes) })}
                  </span>
                </span>
                <Button size="small" aria-label={vt('useThis', { name })} onClick={() => onAsset(id)}>
                  {vt('use')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** What the server would refuse after a long wait is said at once. */
function refusalOf({ name, size }: File, limits: Shelf['limits'] | null): string | null {
  if (size === 0) return vt('emptyFile', { name })
  if (!limits) return null
  if (size > limits.maxFileBytes) return vt('tooLarge', { name, size: sizeOf(size), most: sizeOf(limits.maxFileBytes) })
  const left = limits.courseQuotaBytes - limits.courseUsedBytes
  return size > left ? vt('noRoom', { name, size: sizeOf(size), left: sizeOf(Math.max(0, left)) }) : null
}
