// What becomes of points here, said before the click: no column, no right to send scores, or not known.
import type { DeepLinkOffer } from '@cuepoint/contracts'
import { Notice } from '../../shell/notice.tsx'
import { t } from './words.ts'

const said = { none: 'noColumn', not_granted: 'notGranted', perhaps: 'perhaps', column: null } as const

export function GradingNote({ offer: { grading, platformName } }: { offer: DeepLinkOffer }) {
  const words = said[grading]
  if (words === null) return null
  return words === 'perhaps' ? (
    <p className="picker-facts">{t(words, { platform: platformName })}</p>
  ) : (
    <Notice kind="warning">
      <p>{t(words, { platform: platformName })}</p>
    </Notice>
  )
}
