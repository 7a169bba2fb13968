// What came of a checked answer: how right it was, what its author says to it.
import type { CueOutcome } from '@cuepoint/contracts'
import { useEffect } from 'react'
import { announce } from '../../../../shell/live-region.tsx'
import { Notice } from '../../../../shell/notice.tsx'
import { Rich } from '../../../../shell/rich.tsx'
import { t } from '../words.ts'

export function CueResult({ outcome, settled }: { outcome: CueOutcome; settled: boolean }) {
  const { verdict, feedback } = outcome
  const words = t(`verdict.${verdict ?? 'hidden'}`)
  useEffect(() => announce(words, 'assertive'), [words])
  return (
    <Notice kind={verdict === 'right' ? 'success' : verdict === null ? 'info' : 'warning'} title={words}>
      {feedback.map((text) => (
        <Rich key={text} html={text} />
      ))}
      {settled && verdict !== null && verdict !== 'right' ? <p>{t('settledWrong')}</p> : null}
    </Notice>
  )
}
