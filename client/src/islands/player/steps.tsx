// Previous, next, and the way to hand in, under each question; Next always under the same finger.
import { Button } from '@instructure/ui-buttons'
import { t } from './questions/kind.ts'

/** `finish` is null where nothing is recorded, so nothing can be handed in. */
export function Steps(props: { at: number; count: number; goTo(index: number): void; finish: (() => void) | null }) {
  const { at, count, goTo, finish } = props
  const last = at === count - 1
  return (
    <div className="cpq-steps">
      <Button interaction={at > 0 ? 'enabled' : 'disabled'} onClick={() => goTo(at - 1)}>
        {t('previous')}
      </Button>
      {last ? null : (
        <Button color="primary" onClick={() => goTo(at + 1)}>
          {t('next')}
        </Button>
      )}
      {finish ? (
        <span className="cpq-finish">
          <Button color={last ? 'primary' : 'secondary'} onClick={finish}>
            {t('submit')}
          </Button>
        </span>
      ) : null}
    </div>
  )
}
