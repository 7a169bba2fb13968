import { deliveryMessages } from '../../../messages/en/admin-deliveries.ts'
import { words } from '../../../shell/text.ts'

export const t = words(deliveryMessages)

/** What a listener does, in words; a newer one by its own name. */
export function listenerName(name: string): string {
  const key = `listener.${name}`
  return key in deliveryMessages ? t(key as keyof typeof deliveryMessages) : name
}

export function ageOf(seconds: number): string {
  if (seconds < 90) return t('seconds', { n: Math.round(seconds) })
  return seconds < 5400 ? t('minutes', { n: Math.round(seconds / 60) }) : t('hours', { n: Math.round(seconds / 3600) })
}
