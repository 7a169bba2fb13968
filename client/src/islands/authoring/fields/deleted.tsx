// Stands where something stood until the author goes on: the way to get it back.
import { Button } from '@instructure/ui-buttons'
import { t } from '../words.ts'

/** `id` of the button that brings it back, so that it can take the focus of what is gone. */
export function Deleted({ id, words, onUndo, onDismiss }: { id: string; words: string; onUndo(): void; onDismiss(): void }) {
  return (
    <div className="au-deleted">
      <p>{words}</p>
      <div className="au-buttons">
        <Button id={id} size="small" color="primary" onClick={onUndo}>
          {t('undo')}
        </Button>
        <Button size="small" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
      </div>
    </div>
  )
}
