// Says that nothing is recorded, and why.
import type { Session } from '@cuepoint/contracts'
import { Notice } from '../../shell/notice.tsx'
import { t } from './questions/kind.ts'

export function LookOnly({ session }: { session: Session }) {
  const why = session.purpose === 'review' ? 'review' : session.role === 'instructor' ? 'instructor' : 'viewer'
  return (
    <Notice kind="info" title={t('look.title')}>
      <p>{t(`look.${why}`)}</p>
    </Notice>
  )
}
