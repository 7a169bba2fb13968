// The strip over the editor: how the draft is, the way out, and publishing.
import { Button } from '@instructure/ui-buttons'
import { type SaveState } from './draft/draft-keeper.ts'
import { SaveWords } from './save-state.tsx'
import { t } from './words.ts'

interface Props {
  readonly save: SaveState
  /** The number of the Version that is out, null while there is none. */
  readonly version: number | null
  /** Something differs from that Version. */
  readonly ahead: boolean
  readonly publishing: boolean
  onPublish(): void
  onClose(): void
}

export function Bar({ save, version, ahead, publishing, onPublish, onClose }: Props) {
  return (
    <div className="au-bar">
      <SaveWords save={save} />
      <div className="au-bar-right">
        <p className="au-quiet">{version === null ? t('neverPublished') : t(ahead ? 'publishedAhead' : 'publishedSame', { version })}</p>
        <div className="au-buttons">
          <Button onClick={onClose}>{t('close')}</Button>
          {ahead && (
            <Button color="primary" interaction={publishing ? 'readonly' : 'enabled'} onClick={onPublish}>
              {publishing ? t('publishing') : version === null ? t('publish') : t('publishNext', { version: version + 1 })}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}
