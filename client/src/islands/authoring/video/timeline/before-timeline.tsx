// In place of the timeline while there is none: why, and what can be done meanwhile. Questions are written without it, too.
import type { Asset, QuestionKind } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Notice } from '../../../../shell/notice.tsx'
import { AddQuestion } from '../../questions/add-question.tsx'
import { vt } from '../words.ts'

interface Props {
  readonly asset: Asset | null
  readonly failed: boolean
  onAgain(): void
  onAddQuestion(kind: QuestionKind): void
}

export function BeforeTimeline({ asset, failed, onAgain, onAddQuestion }: Props) {
  const state = asset?.state
  if (failed) {
    return (
      <Notice kind="warning" role="alert" actions={<Button onClick={onAgain}>{vt('timelineAgain')}</Button>}>
        <p>{vt('timelineFailed')}</p>
      </Notice>
    )
  }
  if (state === 'uploading' || state === 'processing') {
    return (
      <section aria-labelledby="vau-timeline" className="vau-timeline">
        <h2 id="vau-timeline">{vt('timeline')}</h2>
        <p className="au-empty">{vt('timelineSoon')}</p>
        <AddQuestion first={false} onAdd={onAddQuestion} />
      </section>
    )
  }
  return <p className={state === 'ready' ? 'cp-loading' : 'au-empty'}>{vt(state === 'ready' ? 'timelineOpening' : 'timelineEmpty')}</p>
}
