// Where a video comes from: a file that is dropped or chosen, or one that the course has already.

import type { Asset } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { type DragEvent, useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../../../api/call.ts'
import { call } from '../../../../api/call.ts'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { vt } from '../words.ts'
import { FileButton } from './file-button.tsx'
import { fingerprintOf } from './fingerprint.ts'
import { Shelf } from './shelf.tsx'
import { sizeOf } from './sizes.ts'
import { Unfinished } from './unfinished.tsx'

type Listed = ReplyOf<'GET /api/assets'>

interface Props {
  /** `at`: the address of an upload that the file goes on with. */
  onFile(file: File, at?: string): void
  onAsset(assetId: string): void
  /** Back to the one that is there. */
  readonly onKeep: (() => void) | null
}

export function ChooseVideo({ onFile, onAsset, onKeep }: Props) {
  const [shelf, setShelf] = useState<Listed | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const load = useCallback(() => {
    setError(null)
    call('GET /api/assets', {}).then(setShelf, setError)
  }, [])
  useEffect(load, [load])
  const goOn = (file: File, upload: Asset) => onFile(file, `/api/uploads/${upload.id}`)
  const take = async (file: File) => {
    // The same file once more goes on where it stopped.
    const fingerprint = await fingerprintOf(file)
    const begun = fingerprint && unfinished.find(({ upload }) => upload?.fingerprint === fingerprint)
    if (begun) return goOn(file, begun)
    const why = refusalOf(file, shelf?.limits ?? null)
    setRefusal(why)
    if (why === null) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) void take(file)
  }
  const watched = shelf?.assets.filter(({ kind }) => kind === 'video' || kind === 'audio') ?? []
  const unfinished = watched.filter(({ state, upload }) => state === 'uploading' && upload?.mine)
  // An upload that was given up has left nothing.
  const videos = watched.filter(({ state, bytes }) => state !== 'uploading' && !(state === 'cancelled' && bytes === 0))
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
      <Unfinished uploads={unfinished} onFile={goOn} onGone={load} />
      <Shelf videos={videos} onUse={onAsset} onDeleted={load} />
      {onKeep ? (
        <div className="au-buttons">
          <Button onClick={onKeep}>{vt('keepThis')}</Button>
        </div>
      ) : null}
    </>
  )
}

/** What the server would refuse after a long wait is said at once. */
function refusalOf({ name, size }: File, limits: Listed['limits'] | null): string | null {
  if (size === 0) return vt('emptyFile', { name })
  if (!limits) return null
  if (size > limits.maxFileBytes) return vt('tooLarge', { name, size: sizeOf(size), most: sizeOf(limits.maxFileBytes) })
  const left = limits.courseQuotaBytes - limits.courseUsedBytes
  return size > left ? vt('noRoom', { name, size: sizeOf(size), left: sizeOf(Math.max(0, left)) }) : null
}
