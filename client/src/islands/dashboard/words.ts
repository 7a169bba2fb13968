// The words of the dashboard, and its numbers.
import { insightMessages } from '../../messages/en/insight.ts'
import { percent as percentOf } from '../../shell/locale.ts'
import { words } from '../../shell/text.ts'

export const t = words(insightMessages)

export const percent = (share: number | null): string => (share === null ? t('unknown') : percentOf(share))

/** 754 -> 12:34 */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** What was given, or could be, as the player says it. */
export function answerWords(kind: string, text: string): string {
  return kind === 'true-false' && (text === 'true' || text === 'false') ? t(text) : text
}

/** As this page is told of a learner: by name, or by a number. */
export function nameOf({ name, number }: { name: string; number: number | null }): string {
  return number === null ? name || t('unnamed') : t('numbered', { number })
}
