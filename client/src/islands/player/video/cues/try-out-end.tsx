// The end of an author's try-out: where a learner would hand in.
import { Button } from '@instructure/ui-buttons'
import { useFocusOnShow } from '../../../../shell/use-focus.ts'
import type { TryOut } from '../parts.ts'
import type { ViewingState } from '../viewing.ts'
import { t } from '../words.ts'

export function TryOutEnd({ now, tryOut }: { now: ViewingState; tryOut: TryOut }) {
  return now.ended ? <Ended now={now} tryOut={tryOut} /> : null
}

function Ended({ now, tryOut }: { now: ViewingState; tryOut: TryOut }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const open = now.cues.filter(({ settled }) => !settled).length
  return (
    <section className="cpq-question" aria-labelledby="cpv-end">
      <h2 id="cpv-end" ref={heading} tabIndex={-1}>
        {t('end.title')}
      </h2>
      <p>{open > 0 ? t('tryOut.endOpen', { n: open }) : t('tryOut.end')}</p>
      <div className="cp-actions">
        <Button color="primary" onClick={tryOut.onBack}>
          {t('tryOut.back')}
        </Button>
        <Button onClick={() => tryOut.onAgain(0)}>{t('tryOut.again')}</Button>
      </div>
    </section>
  )
}
