// What the author must know or decide while saving does not work: another tab's version, an ended session, a dead network.
import type { ActivityDocument } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import type { DraftKeeper, DraftView } from './draft/draft-keeper.ts'
import { isGone, sessionIsOver } from './draft/refusal.ts'
import { t } from './words.ts'

export function Trouble<D extends ActivityDocument>({ keeper, view }: { keeper: DraftKeeper<D>; view: DraftView<D> }) {
  const { save, setAside } = view
  const deciding = useAction((decide: () => Promise<void>) => decide())
  if (save.at === 'conflict') {
    return (
      <>
        <Notice
          kind="warning"
          role="alert"
          title={t('conflictTitle')}
          actions={
            <>
              <Button color="primary" onClick={() => void deciding.start(() => keeper.takeNewer())}>
                {t('conflictLoad')}
              </Button>
              <Button onClick={() => void deciding.start(() => keeper.keepMine())}>{t('conflictKeep')}</Button>
            </>
          }
        >
          <p>{t('conflict')}</p>
        </Notice>
        <ProblemAlert error={deciding.error} />
      </>
    )
  }
  if (save.at === 'failed') {
    if (sessionIsOver(save.error))
      return (
        <Notice kind="danger" role="alert" title={t('sessionTitle')}>
          <p>{t('session')}</p>
        </Notice>
      )
    if (isGone(save.error))
      return (
        <Notice kind="danger" role="alert" title={t('goneTitle')}>
          <p>{t('gone')}</p>
        </Notice>
      )
    // A dead network is told in the bar alone: a box coming and going would move the text under the author's hands.
    if (save.retryAt !== null) return null
    return (
      <Notice
        kind="warning"
        role="alert"
        title={t('failedTitle')}
        actions={<Button onClick={() => void keeper.flush()}>{t('tryNow')}</Button>}
      >
        <p>{t('failedRefused', { reason: (save.error as Error).message })}</p>
      </Notice>
    )
  }
  if (!setAside) return null
  return (
    <Notice
      kind="info"
      title={t(setAside.mine ? 'asideTitle' : 'asideTheirsTitle')}
      actions={
        <>
          <Button onClick={() => keeper.takeBack()}>{t(setAside.mine ? 'asideBack' : 'asideTheirsBack')}</Button>
          <Button onClick={() => keeper.dismissSetAside()}>{t('dismiss')}</Button>
        </>
      }
    >
      <p>{t(setAside.mine ? 'aside' : 'asideTheirs')}</p>
    </Notice>
  )
}
