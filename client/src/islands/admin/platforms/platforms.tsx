// The setup doctor: every LMS with its lines, kept up to date.
import { useCallback } from 'react'
import { call } from '../../../api/call.ts'
import { LiveHead } from '../live-head.tsx'
import { useFresh } from '../use-fresh.ts'
import { PlatformCard } from './platform-card.tsx'
import { t } from './words.ts'

export function Platforms() {
  const fresh = useFresh(useCallback(() => call('GET /api/admin/doctor', {}), []))
  const platforms = fresh.data?.platforms
  return (
    <>
      <LiveHead title={t('title')} fresh={fresh}>
        <p className="admin-intro">{t('intro')}</p>
      </LiveHead>
      {platforms?.length === 0 ? <p>{t('none')}</p> : null}
      {platforms?.map((it) => (
        <PlatformCard key={it.id} platform={it} again={fresh.again} />
      ))}
    </>
  )
}
