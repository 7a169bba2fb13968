// The captions of the video: one set per language, uploaded or written here, edited line by line, downloaded, deleted.
import type { Caption } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../../api/call.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { Notice } from '../../../../shell/notice.tsx'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { focusOn } from '../../fields/focus.ts'
import { t } from '../../words.ts'
import type { Playhead } from '../timeline/use-playhead.ts'
import { vt } from '../words.ts'
import { AddCaptions } from './add-captions.tsx'
import { CaptionEditor } from './caption-editor.tsx'
import { downloadVtt } from './download-vtt.ts'

interface Props {
  readonly assetId: string
  readonly playhead: Playhead
  readonly locale: string
  /** Saved on the server: what looks like personal data in them may be other now. */
  onChanged(): void
}

export function Captions({ assetId, playhead, locale, onChanged }: Props) {
  const [list, setList] = useState<readonly Caption[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [open, setOpen] = useState<string | null>(null)
  const [sure, setSure] = useState<string | null>(null)
  const load = useCallback(() => {
    setError(null)
    call('GET /api/assets/:assetId/captions', { params: { assetId } }).then(({ captions }) => setList(captions), setError)
  }, [assetId])
  useEffect(load, [load])
  const put = (caption: Caption) => {
    setList((now) => {
      const known = now?.some(({ id }) => id === caption.id)
      return known ? (now ?? []).map((one) => (one.id === caption.id ? caption : one)) : [...(now ?? []), caption]
    })
    onChanged()
  }
  const removing = useAction(async (captionId: string) => {
    await call('DELETE /api/captions/:captionId', { params: { captionId } })
    setList((now) => (now ?? []).filter(({ id }) => id !== captionId))
    setSure(null)
    focusOn('vau-captions')
    onChanged()
  })
  // What cannot be saved is mended first: nothing that was written goes by itself.
  const stuck = useRef<string | null>(null)
  const edit = (captionId: string | null) => {
    if (stuck.current === null) return setOpen(captionId)
    announce(vt('captionStuck'), 'assertive')
    focusOn(stuck.current)
  }
  return (
    <section aria-labelledby="vau-captions" className="vau-part">
      <h2 id="vau-captions" tabIndex={-1}>
        {vt('captions')}
      </h2>
      <p className="au-hint">
        {vt('captionsHint')} {vt('captionPublished')}
      </p>
      {error !== null ? <ProblemAlert error={error} onRetry={load} /> : null}
      <ProblemAlert error={removing.error} />
      {list?.length === 0 ? <p className="au-empty">{vt('captionsNone')}</p> : null}
      <ul className="vau-shelf">
        {list?.map((caption) => (
          <li key={caption.id} className="vau-captions">
            <div className="vau-captions-head">
              <span>
                <strong>{caption.label}</strong> <span className="au-quiet">{caption.language}</span>{' '}
                <span className="au-quiet">{vt('captionLines', { n: caption.cues.length })}</span>
              </span>
              <div className="au-buttons">
                <Button size="small" aria-expanded={open === caption.id} onClick={() => edit(open === caption.id ? null : caption.id)}>
                  {vt(open === caption.id ? 'captionDone' : 'captionEdit', { label: caption.label })}
                </Button>
                <Button size="small" onClick={() => downloadVtt(caption)}>
                  {vt('captionDownload', { label: caption.label })}
                </Button>
                <Button size="small" onClick={() => setSure(caption.id)}>
                  {vt('captionDelete', { label: caption.label })}
                </Button>
              </div>
            </div>
            {sure === caption.id ? (
              <Notice
                kind="warning"
                role="alert"
                actions={
                  <>
                    <Button
                      color="danger"
                      interaction={removing.pending ? 'readonly' : 'enabled'}
                      onClick={() => void removing.start(caption.id)}
                    >
                      {vt('captionDeleteYes')}
                    </Button>
                    <Button onClick={() => setSure(null)}>{t('cancel')}</Button>
                  </>
                }
              >
                <p>{vt('captionDeleteSure', { label: caption.label })}</p>
              </Notice>
            ) : null}
            {open === caption.id ? (
              <CaptionEditor
                key={caption.id}
                caption={caption}
                playhead={playhead}
                stuck={stuck}
                onSaved={put}
                onLost={(lost) => isGone(lost) || setError(lost)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {list ? (
        <AddCaptions
          assetId={assetId}
          locale={locale}
          onAdded={(caption, opens) => {
            put(caption)
            announce(vt('captionAdded', { label: caption.label }))
            if (opens) edit(caption.id)
          }}
        />
      ) : null}
    </section>
  )
}

/** Deleted while they were open: nothing is lost that was wanted. */
const isGone = (error: unknown) => error instanceof ApiProblem && error.code === 'caption_not_found'
