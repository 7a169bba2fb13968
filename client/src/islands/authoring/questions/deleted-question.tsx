// Stands where a question stood until the author goes on: the way to get it back.
import { Button } from '@instructure/ui-buttons'
import { t } from '../words.ts'

export function DeletedQuestion({ number, onUndo, onDismiss }: { number: number; onUndo(): void; onDismiss(): void }) {
  return (
    <div className="au-deleted">
      <p>{t('questionDeleted', { number })}</p>
      <div className="au-buttons">
        <Button id="undo-delete" size="small" color="primary" onClick={onUndo}>
          {t('undo')}
        </Button>
        <Button size="small" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
      </div>
    </div>
  )
}
