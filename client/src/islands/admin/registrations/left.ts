// PURE: how long until something, in words that get finer as it comes near.
import { t } from './words.ts'

/** `2 d 3 h`, `3 h 12 min`, `4 min 5 s`, `9 s`. */
export function leftInWords(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds))
  const [days, hours, minutes] = [Math.floor(left / 86_400), Math.floor(left / 3600), Math.floor(left / 60)]
  if (days >= 2) return t('left.days', { days, hours: hours % 24 })
  if (hours >= 1) return t('left.hours', { hours, minutes: minutes % 60 })
  return minutes >= 1 ? t('left.minutes', { minutes, seconds: left % 60 }) : t('left.seconds', { seconds: left })
}
