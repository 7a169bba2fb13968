// Says that nothing is recorded, and why.
import type { Session } from '@cuepoint/contracts'
import { Notice } from '../../shell/notice.tsx'
import { teaches } from '../../shell/teaches.ts'
import { t } from './questions/kind.ts'

export function LookOnly({ session }: { session: Session }) {
  const why = session.purpose === 'review' ? 'review' : teaches(session) ? 'instructor' : 'viewer'
  return (
    <Notice kind="info" title={t('look.title')}>
      <p>{t(`look.${why}`)}</p>
    </Notice>
  )
}
