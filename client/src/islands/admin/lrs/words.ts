import { lrsMessages } from '../../../messages/en/admin-lrs.ts'
import { words } from '../../../shell/text.ts'

export const t = words(lrsMessages)

/** The largest unit that says something. */
export function ageIn(seconds: number): string {
  if (seconds < 90) return t('seconds', { n: Math.round(seconds) })
  if (seconds < 5400) return t('minutes', { n: Math.round(seconds / 60) })
  return t('hours', { n: Math.round(seconds / 3600) })
}
