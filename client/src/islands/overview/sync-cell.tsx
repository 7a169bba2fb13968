// How far a score has come on its way to the LMS, in words and a mark; a refusal says why.
import type { Result } from '@cuepoint/contracts'
import { dayAndTime } from '../../shell/locale.ts'
import { gt } from './gradebook-words.ts'
import { Mark } from './mark.tsx'
import { t } from './words.ts'

const marks = { waiting: 'clock', accepted: 'check', refused: 'cross' } as const

interface Props {
  readonly result: Result | null
  readonly platform: string
}

export function SyncCell({ result, platform }: Props) {
  const sync = result?.sync
  if (!sync || sync.state === 'none') return <span className="overview-quiet">{t('none')}</span>
  const time = sync.at ? dayAndTime(sync.at) : null
  const said = {
    waiting: () => t('waiting'),
    accepted: () => (time ? t('acceptedAt', { time }) : t('accepted')),
    refused: () => (sync.reason ? t('refusedWhy', { platform, reason: sync.reason }) : t('refused', { platform })),
  }[sync.state]()
  return (
    <span className="overview-state" data-state={sync.state}>
      <Mark shape={marks[sync.state]} />
      <span>
        {said} {sync.seen ? <span className="overview-quiet">{t(`seen.${sync.seen}`, { platform })}</span> : null}{' '}
        {sync.state === 'refused' && sync.code ? <span className="overview-quiet overview-do">{gt(`do.${sync.code}`)}</span> : null}
      </span>
    </span>
  )
}
