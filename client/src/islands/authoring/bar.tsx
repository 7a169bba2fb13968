// The strip over the editor: how the draft is, the way out, and publishing.
import { Button } from '@instructure/ui-buttons'
import type { SaveState } from './draft/draft-keeper.ts'
import { SaveWords } from './save-state.tsx'
import { t } from './words.ts'

interface Props {
  readonly save: SaveState
  /** There is something to publish. */
  readonly ahead: boolean
  readonly publishing: boolean
  onRetry(): void
  onPublish(): void
  onClose(): void
}

export function Bar({ save, ahead, publishing, onRetry, onPublish, onClose }: Props) {
  return (
    <div className="au-bar">
      <div className="au-bar-save">
        <SaveWords save={save} />
        {save.at === 'failed' && save.retryAt !== null && (
          <Button size="small" onClick={onRetry}>
            {t('tryNow')}
          </Button>
        )}
      </div>
      <div className="au-buttons">
        <Button onClick={onClose}>{t('close')}</Button>
        {ahead && (
          <Button color="primary" interaction={publishing ? 'readonly' : 'enabled'} onClick={onPublish}>
            {publishing ? t('publishing') : t('publish')}
          </Button>
        )}
      </div>
    </div>
  )
}
