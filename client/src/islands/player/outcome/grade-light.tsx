// How far the score has come on its way to the LMS: in words, with a mark; colour only underlines it.
import type { Result } from '@cuepoint/contracts'
import { t } from '../questions/kind.ts'

const marks = {
  waiting: 'M12 3a9 9 0 100 18 9 9 0 000-18zm0 2a7 7 0 110 14 7 7 0 010-14zm-1 2.5h2v4.1l3 3-1.4 1.4-3.6-3.6z',
  accepted: 'M4 12l2-2 4 4 8-8 2 2-10 10z',
  refused: 'M11 4h2v10h-2zM11 17h2v3h-2z',
}

/** `fresh`: just handed in; then the line has its room before it is known whether there is anything to say. */
export function GradeLight(props: { result: Result | null; platform: string; slow: boolean; fresh: boolean }) {
  const { result, platform, slow, fresh } = props
  const known = result?.sync.state ?? 'none'
  if (known === 'none' && !fresh) return null
  const state = known === 'none' ? 'waiting' : known
  const reason = result?.sync.reason?.replace(/\.$/, '')
  return (
    <div className={`cpq-light cpq-light-${state}`} style={{ visibility: known === 'none' ? 'hidden' : 'visible' }} role="status">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d={marks[state]} fill="currentColor" />
      </svg>
      <div>
        <p>{t(state === 'waiting' && slow ? 'sync.slow' : `sync.${state}`, { platform })}</p>
        {state === 'refused' ? (
          <p>
            {reason ? `${t('sync.refusedReason', { reason })} ` : ''}
            {t('sync.refusedDo')}
          </p>
        ) : null}
      </div>
    </div>
  )
}
