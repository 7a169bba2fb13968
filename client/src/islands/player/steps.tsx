// Previous, next, and the way to hand in, under each question; each always in its own place.
import { Button } from '@instructure/ui-buttons'
import type { ReactNode } from 'react'
import { t } from './questions/kind.ts'

/** `finish` is null where nothing is recorded, so nothing can be handed in. */
export function Steps(props: { at: number; count: number; goTo(index: number): void; finish: (() => void) | null }) {
  const { at, count, goTo, finish } = props
  const last = at === count - 1
  return (
    <div className="cpq-steps">
      <Placed shown={at > 0}>
        <Button onClick={() => goTo(at - 1)}>{t('previous')}</Button>
      </Placed>
      <Placed shown={!last}>
        <Button color="primary" onClick={() => goTo(at + 1)}>
          {t('next')}
        </Button>
      </Placed>
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

/** Keeps its room while there is nothing to press, so that Next stays under the finger. */
function Placed({ shown, children }: { shown: boolean; children: ReactNode }) {
  return <span style={{ visibility: shown ? 'visible' : 'hidden' }}>{children}</span>
}
