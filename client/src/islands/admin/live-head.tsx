// The head of a part: its title, when it was last asked, a button to ask now, and the words when asking failed.
import { Button } from '@instructure/ui-buttons'
import type { ReactNode } from 'react'
import { clockTime } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import type { Fresh } from './use-fresh.ts'
import { t } from './words.ts'

export function LiveHead({ title, fresh, children }: { title: string; fresh: Fresh<unknown>; children?: ReactNode }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const refresh = useAction(fresh.again)
  return (
    <>
      <div className="admin-bar">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <span className="admin-quiet">
          {fresh.at ? t('updated', { time: clockTime(fresh.at.toISOString()) }) : t('loading')}{' '}
          <Button size="small" onClick={() => void refresh.start()}>
            {t('refresh')}
          </Button>
        </span>
      </div>
      {children}
      <ProblemAlert error={fresh.error} onRetry={() => void fresh.again()} />
    </>
  )
}
