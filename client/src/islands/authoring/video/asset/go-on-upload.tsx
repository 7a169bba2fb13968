// An upload that another page view, or a closed browser, has left unfinished: it goes on with the same file.
import type { Asset } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { call } from '../../../../api/call.ts'
import { percent } from '../../../../shell/locale.ts'
import { Notice } from '../../../../shell/notice.tsx'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { vt } from '../words.ts'
import { FileButton } from './file-button.tsx'
import { fingerprintOf, isFileOf } from './fingerprint.ts'
import { sizeOf } from './sizes.ts'

export function GoOnUpload({ asset, onFile, onGone }: { asset: Asset; onFile(file: File): void; onGone(): void }) {
  const { name, bytes, received } = asset
  const [other, setOther] = useState<File | null>(null)
  const give = useAction(async () => {
    await call('POST /api/assets/:assetId/cancel', { params: { assetId: asset.id } })
    onGone()
  })
  return (
    <>
      <Notice
        kind="warning"
        title={vt('uploadStopped', { name, percent: percent(bytes > 0 ? Math.floor((100 * received) / bytes) / 100 : 0) })}
        actions={
          <>
            {asset.upload?.mine === false ? null : (
              <FileButton
                primary
                onFile={async (file) => {
                  if (isFileOf(asset, file, await fingerprintOf(file))) onFile(file)
                  else setOther(file)
                }}
              >
                {vt('uploadChoose', { name })}
              </FileButton>
            )}
            <Button interaction={give.pending ? 'readonly' : 'enabled'} onClick={() => void give.start()}>
              {vt('cancelUpload')}
            </Button>
          </>
        }
      >
        <p>{vt(asset.upload?.mine === false ? 'uploadOfOther' : 'uploadChooseAgain')}</p>
        {other ? <p role="alert">{vt('uploadOther', { name: other.name, size: sizeOf(other.size), wanted: name })}</p> : null}
      </Notice>
      <ProblemAlert error={give.error} />
    </>
  )
}
